namespace LifetimeMonitor.TruthTable.Rows;

internal static class Arrays
{
    private static readonly Leaked?[] s_array = new Leaked?[5];
    private static readonly Leaked?[][] s_jagged = [[], new Leaked?[5]];
    private static readonly Leaked?[,,] s_rectangular = new Leaked?[2, 2, 3];
    private static readonly (int Number, Leaked? Item)[] s_structs = new (int, Leaked?)[5];
    private static readonly Cell s_cell = new();

    public static Row[] Rows => [Array, Jagged, Rectangular, Structs, Inline];

    private static Row Array => Row.Of("array", leaked => s_array[3] = leaked, _ => s_array[3] = null);

    private static Row Jagged => Row.Of("jagged array", leaked => s_jagged[1][3] = leaked, _ => s_jagged[1][3] = null);

    private static Row Rectangular => Row.Of(
        "rectangular array",
        leaked => s_rectangular[1, 0, 2] = leaked,
        _ => s_rectangular[1, 0, 2] = null);

    private static Row Structs => Row.Of("array of structs", leaked => s_structs[3].Item = leaked, _ => s_structs[3] = default);

    private static Row Inline => Row.Of("inline array", leaked => s_cell.Neighbours[3] = leaked, _ => s_cell.Neighbours[3] = null);

    private sealed class Cell
    {
        public Eight Neighbours;
    }

    [System.Runtime.CompilerServices.InlineArray(8)]
    private struct Eight
    {
        private Leaked? _element;
    }
}
