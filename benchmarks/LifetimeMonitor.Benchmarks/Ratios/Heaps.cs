namespace LifetimeMonitoring.Benchmarks.Ratios;

/// <summary>Heaps of some size and shape, each with a target of the search.</summary>
internal static class Heaps
{
    public static readonly string[] Shapes = ["dictionary", "list", "arrays", "types", "strings", "trees"];

    // The objects of static fields are searched first, so a search from all roots begins and ends here.
    private static object? s_heap;
    private static object? s_near;

    /// <summary>Fills the heap and returns the target: near the root, far from it, or held by no static.</summary>
    public static WeakReference Fill(string shape, int objects, string place)
    {
        (s_heap, object far) = Make(shape, Math.Max(objects, 2));
        object target = place == "far" ? far : new object();
        if (place == "near") s_near = target;
        if (place == "stack") OnlyOnTheStack.Hold(target);
        for (int i = 0; i < 3; i++) GC.Collect();
        return new WeakReference(target);
    }

    private static (object Heap, object Far) Make(string shape, int objects) => shape switch
    {
        "dictionary" => Dictionary(objects / 2),
        "list" => List(objects),
        "arrays" => Arrays(objects),
        "types" => Types(objects),
        "strings" => Strings(objects),
        "trees" => Trees(objects),
        _ => throw new ArgumentException($"There is no shape '{shape}'; there are {string.Join(", ", Shapes)}."),
    };

    private static (object, object) Dictionary(int entries)
    {
        var all = new Dictionary<string, object>(entries);
        for (int i = 0; i < entries; i++) all.Add($"key {i}", new object());
        return (all, all[$"key {entries - 1}"]);
    }

    // The far object is not at the list's end: a path of millions of steps is another question.
    private static (object, object) List(int nodes)
    {
        Node? head = null;
        object far = new();
        for (int i = 0; i < nodes; i++) head = new Node { Next = head };
        return (new object[] { head!, new Node { Next = new Node { Value = far } } }, far);
    }

    private static (object, object) Arrays(int objects)
    {
        const int Width = 1000;
        object[][] all =
        [
            .. Enumerable.Range(0, Math.Max(1, objects / Width))
                .Select(_ => Enumerable.Range(0, Width).Select(_ => new object()).ToArray()),
        ];
        return (all, all[^1][^1]);
    }

    private static (object, object) Types(int objects)
    {
        Type[] arguments =
        [
            typeof(string), typeof(Version), typeof(Uri), typeof(Node),
            typeof(object), typeof(int[]), typeof(Exception), typeof(Random),
        ];
        Type[] types =
        [
            .. from a in arguments from b in arguments from c in arguments select typeof(Triple<,,>).MakeGenericType(a, b, c),
        ];
        object[] all =
            [.. Enumerable.Range(0, objects).Select(i => Activator.CreateInstance(types[i % types.Length])!)];
        return (all, all[^1]);
    }

    private static (object, object) Strings(int objects)
    {
        string[] all = [.. Enumerable.Range(0, objects).Select(i => new string('x', i % 60))];
        return (all, all[^1]);
    }

    private static (object, object) Trees(int objects)
    {
        var root = new Tree();
        var open = new Queue<Tree>([root]);
        Tree last = root;
        for (int i = 1; i < objects; i += 2)
        {
            Tree parent = open.Dequeue();
            open.Enqueue(parent.Left = new Tree());
            open.Enqueue(last = parent.Right = new Tree());
        }

        return (root, last);
    }

    private sealed class Node
    {
        public Node? Next { get; init; }

        public object? Value { get; init; }
    }

    private sealed class Tree
    {
        public Tree? Left { get; set; }

        public Tree? Right { get; set; }
    }

    private sealed class Triple<TA, TB, TC>
    {
        public TA? A { get; set; }

        public TB? B { get; set; }

        public TC? C { get; set; }
    }
}

/// <summary>A thread whose local holds an object forever. No other root leads to it, so a search visits all.</summary>
internal static class OnlyOnTheStack
{
    public static void Hold(object target)
    {
        using var held = new ManualResetEventSlim();
        new Thread(o =>
        {
            held.Set();
            Thread.Sleep(Timeout.Infinite);
            GC.KeepAlive(o);
        })
        { IsBackground = true }.UnsafeStart(target);
        held.Wait();
    }
}
