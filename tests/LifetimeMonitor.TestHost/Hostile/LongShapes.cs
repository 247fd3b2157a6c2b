namespace LifetimeMonitoring.TestHost.Hostile;

/// <summary>Long paths to an object.</summary>
internal static class LongShapes
{
    public static IReadOnlyList<string> All { get; } =
    [
        "beside", "list", "alternating", "doubly", "linked-list", "closures", "exceptions", "tree", "arrays", "lists",
        "mixed", "event",
    ];

    public static object Make(string shape, int nodes, object last) => shape switch
    {
        "beside" => new[] { Chain(nodes, last: null), last },
        "list" => Chain(nodes, last),
        "alternating" => Alternating(nodes, last),
        "doubly" => Doubly(nodes, last),
        "linked-list" => LinkedList(nodes, last),
        "closures" => Closures(nodes, last),
        "exceptions" => Exceptions(nodes, last),
        "tree" => Tree(nodes, last),
        "arrays" => Arrays(nodes, last),
        "lists" => Lists(nodes, last),
        "mixed" => Mixed(nodes, last),
        "event" => Tree(nodes / 2, PublisherOf(new Subscriber { Held = Tree(nodes / 2, last) })),
        _ => throw new ArgumentOutOfRangeException(nameof(shape)),
    };

    /// <summary>Whether the report shows each object on the path as one reference.</summary>
    public static bool AreCounted(string shape) => shape is "list" or "alternating" or "doubly" or "tree" or "arrays";

    /// <summary>A list with some objects in it, as far from each other as possible.</summary>
    public static object Holding(int nodes, object[] values)
    {
        Both? first = null;
        int distance = nodes / values.Length;
        for (int i = nodes - 1; i >= 0; i--)
        {
            first = new Both { Next = first };
            if (i % distance == 0 && i / distance < values.Length) first.Value = values[i / distance];
        }

        return first!;
    }

    private static object Chain(int nodes, object? last)
    {
        object? next = last;
        for (int i = 0; i < nodes; i++) next = new Node { Next = next };
        return next!;
    }

    private static object Alternating(int nodes, object last)
    {
        object next = last;
        for (int i = 0; i < nodes; i++)
        {
            next = (i % 3) switch
            {
                0 => new Red { Green = next },
                1 => new Blue { Red = next },
                _ => new Green { Blue = next },
            };
        }

        return next;
    }

    private static Both Doubly(int nodes, object last)
    {
        var first = new Both();
        Both node = first;
        for (int i = 1; i < nodes; i++)
        {
            var next = new Both { Previous = node };
            node.Next = next;
            node = next;
        }

        node.Value = last;
        return first;
    }

    // The path has the same length forwards and backwards.
    private static LinkedList<object?> LinkedList(int nodes, object last)
    {
        var list = new LinkedList<object?>();
        for (int i = 0; i < nodes; i++) list.AddLast((object?)null);
        list.AddLast(last);
        for (int i = 0; i < nodes; i++) list.AddLast((object?)null);
        return list;
    }

    private static Action Closures(int nodes, object last)
    {
        Action next = () => GC.KeepAlive(last);
        for (int i = 0; i < nodes; i += 2) next = Around(next);
        return next;
    }

    private static Action Around(Action inner) => () => inner();

    private static InvalidOperationException Exceptions(int nodes, object last)
    {
        var next = new InvalidOperationException("the innermost") { Data = { ["leaked"] = last } };
        for (int i = 0; i < nodes; i++) next = new InvalidOperationException("around it", next);
        return next;
    }

    private static object Tree(int nodes, object last)
    {
        object next = last;
        uint random = 1;
        for (int i = 0; i < nodes; i++)
        {
            random = (random * 1664525) + 1013904223;
            next = random >> 31 == 0 ? new Branch { Left = next } : new Branch { Right = next };
        }

        return next;
    }

    private static object Arrays(int nodes, object last)
    {
        object next = last;
        for (int i = 0; i < nodes; i += 2) next = new Parent { Children = [null, next] };
        return next;
    }

    private static object Lists(int nodes, object last)
    {
        object next = last;
        for (int i = 0; i < nodes; i += 3) next = new Family { Members = i % 2 == 0 ? [next] : ["x", next] };
        return next;
    }

    // The references follow no rule.
    private static object Mixed(int nodes, object last)
    {
        object next = last;
        uint random = 1;
        for (int i = 0; i < nodes; i++)
        {
            random = (random * 1664525) + 1013904223;
            next = (random >> 28) switch
            {
                0 => new Node { Next = next },
                1 => new Red { Green = next },
                2 => new Blue { Red = next },
                3 => new Green { Blue = next },
                4 => new Both { Value = next },
                5 => new Branch { Left = next },
                6 => new Branch { Right = next },
                7 => new Tuple<object>(next),
                8 => new Tuple<object?, object>(null, next),
                9 => new Tuple<int, object?, object>(1, null, next),
                10 => new Parent { Children = [next] },
                11 => new Parent { Children = [null, null, next] },
                12 => new Lazy<object>(next),
                13 => new object?[] { null, next },
                14 => new KeyValuePair<string, object>("key", next),
                _ => new Dictionary<string, object> { ["k"] = next },
            };
        }

        return next;
    }

    private static Publisher PublisherOf(Subscriber subscriber)
    {
        var publisher = new Publisher();
        publisher.Changed += subscriber.OnChanged;
        return publisher;
    }

    private sealed class Publisher
    {
        public event EventHandler? Changed;

        public void Change() => Changed?.Invoke(this, EventArgs.Empty);
    }

    private sealed class Subscriber
    {
        public object? Held;

        public void OnChanged(object? sender, EventArgs e) => GC.KeepAlive(Held);
    }

    private sealed class Node
    {
        public object? Next;
    }

    private sealed class Red
    {
        public object? Green;
    }

    private sealed class Green
    {
        public object? Blue;
    }

    private sealed class Blue
    {
        public object? Red;
    }

    private sealed class Both
    {
        public object? Next, Previous, Value;
    }

    private sealed class Branch
    {
        public object? Left, Right;
    }

    private sealed class Parent
    {
        public object?[]? Children;
    }

    private sealed class Family
    {
        public List<object>? Members;
    }
}
