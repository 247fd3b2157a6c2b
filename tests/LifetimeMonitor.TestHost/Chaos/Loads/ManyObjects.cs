namespace LifetimeMonitoring.TestHost.Chaos.Loads;

/// <summary>A heap of many objects, which collections mark and searches visit.</summary>
/// <param name="count">The number of objects.</param>
internal sealed class ManyObjects(int count) : LoadElement
{
    private Node? _root;

    protected override string Parameters => $"{count}";

    public override void Start()
    {
        var nodes = new Node[count];
        for (int i = 0; i < count; i++)
            nodes[i] = new Node { Next = i > 0 ? nodes[i / 2] : null, Other = i > 0 ? nodes[(int)(i * 7919L % i)] : null };
        _root = new Node { All = nodes };
    }

    public override void Stop() => _root = null;

    private sealed class Node
    {
        public Node? Next, Other;
        public Node[]? All;
    }
}
