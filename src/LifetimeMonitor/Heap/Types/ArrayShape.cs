using System.Globalization;

namespace LifetimeMonitoring.Heap.Types;

/// <summary>The lengths and lower bounds of an array's dimensions.</summary>
internal sealed record ArrayShape(IReadOnlyList<int> Lengths, IReadOnlyList<int> LowerBounds)
{
    public static ArrayShape OneDimension { get; } = new([], []);

    /// <summary>The index of an element in C# notation, from its position in memory.</summary>
    public string Index(int number)
    {
        if (Lengths.Count < 2) return string.Create(CultureInfo.InvariantCulture, $"[{number}]");
        int[] indices = new int[Lengths.Count];
        for (int i = Lengths.Count - 1; i >= 0; i--)
        {
            int length = Math.Max(Lengths[i], 1);
            indices[i] = (number % length) + LowerBounds[i];
            number /= length;
        }

        return $"[{string.Join(", ", indices)}]";
    }
}
