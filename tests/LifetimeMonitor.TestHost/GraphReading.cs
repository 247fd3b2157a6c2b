using LifetimeMonitoring.Graph;

namespace LifetimeMonitoring;

/// <summary>Reads an object to its end, as a search does.</summary>
internal static class GraphReading
{
    public static List<ulong> ReferencesOf(this IObjectGraph graph, ulong address)
    {
        var all = new List<ulong>();
        var buffer = new ReferenceBuffer();
        long cursor = 0;
        bool more = true;
        while (more)
        {
            buffer.Clear();
            more = graph.ReadReferences(address, ref cursor, buffer);
            all.AddRange(buffer.Items);
        }

        return all;
    }
}
