using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using System.Xml.Linq;

namespace LifetimeMonitoring.TestHost;

/// <summary>Objects of every known layout, and the objects that the framework creates when it is used.</summary>
internal static class Examples
{
    private static readonly Type[] s_used =
    [
        typeof(Expression),
        typeof(XElement),
        typeof(Regex),
        typeof(ImmutableArray),
        typeof(JsonSerializer),
        typeof(Channel),
        typeof(HttpClient)
    ];

    public static object Make()
    {
        foreach (Type type in s_used
            .SelectMany(t => t.Assembly.GetTypes())
            .Where(t => !t.ContainsGenericParameters && HasInitializer(t)))
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        object value = new();
        Expression<Func<int, int>> expression = x => (x * 2) + value.GetHashCode();
        return new object[]
        {
            new Layouts<string>("x"), new Layouts<object>(value), new Layouts<Version>(new Version(1, 2)), new Layouts<List<string>>(["y"]),
            new Overlaid { First = value, Second = value }, new object?[,,] { { { value, null } } }, Bounded(value),
            new Pair<string>[][] { [new("a", value)], [] },
            new ConcurrentDictionary<string, Pair<object>>([new("a", new(value, value))]),
            new Dictionary<Pair<string>, (object, int)> { [new("b", value)] = (value, 1) },
            s_used.ToImmutableDictionary(x => x, _ => value), s_used.ToFrozenDictionary(x => x, _ => value),
            new SortedDictionary<string, object> { ["a"] = value },
            Channel.CreateBounded<object>(1), expression, expression.Compile(), XDocument.Parse("<a b='c'><d/></a>"),
            JsonDocument.Parse("""{"a":[1,{}]}"""),
            new Regex("a(b)+", RegexOptions.Compiled), new HttpClient(), new AsyncLocal<object> { Value = value },
            new ThreadLocal<object>(() => value) { Value = value },
            new WeakReference<object>(value), new ConditionalWeakTable<object, object> { { value, new object() } },
            Iterate(value).GetEnumerator(), AwaitAsync(value), new Action(() => GC.KeepAlive(value)),
        };
    }

    private static bool HasInitializer(Type type) =>
        type.TypeInitializer is not null && !type.Name.Contains("EventSource", StringComparison.Ordinal);

    private static Array Bounded(object value)
    {
        var array = Array.CreateInstance(typeof(Pair<string>), [3, 2], [1, -5]);
        array.SetValue(new Pair<string>("c", value), 2, -4);
        return array;
    }

    private static IEnumerable<object> Iterate(object value)
    {
        var pair = new Pair<string>("d", value);
        yield return pair;
        yield return value;
    }

    private static async Task<object> AwaitAsync(object value)
    {
        var pair = new Pair<object>(value, value);
        await Task.Delay(Timeout.Infinite);
        return pair;
    }

    private readonly record struct Pair<T>(T First, object Second)
    {
        public readonly (T, object, int)? Third = (First, Second, 1);
    }

    [InlineArray(5)]
    private struct Five<T>
    {
        private T _first;
    }

    [StructLayout(LayoutKind.Explicit)]
    private sealed class Overlaid
    {
        [FieldOffset(0)]
        public object? First;
        [FieldOffset(8)]
        public long Number;
        [FieldOffset(16)]
        public object? Second;
    }

    private sealed class Layouts<T> : List<T>
    {
        public byte Small = 1;
        public Pair<string> Pair;
        public Pair<T>? Nullable;
        public Five<object?> Five;
        public Five<Pair<T>> Pairs;
        public Memory<T> Memory;
        public ImmutableArray<T> Array;
        public ValueTask<T> Task;
        public CancellationToken Token = new CancellationTokenSource().Token;
        public (int, T)[] Tuples;
        public IEnumerable<object> Variant = new List<string>();

        public Layouts(T value)
        {
            (Pair, Nullable, Memory, Array, Task, Tuples) = (
                new("e", value!),
                new(value, value!),
                new[] { value },
                [value],
                new(System.Threading.Tasks.Task.FromResult(value)),
                [(1, value)]);
            (Five[0], Five[3], Pairs[2]) = (value, value, new(value, value!));
            Add(value);
        }
    }
}
