using System.Globalization;
using System.Text;

namespace LifetimeMonitoring.Benchmarks.Ratios;

/// <summary>
/// Draws the time of a search against the size of the heap, in the clone and from outside, as an SVG picture with
/// logarithmic axes.
/// </summary>
internal static class Curves
{
    private const int Width = 640, Height = 400, Margin = 60;
    private const double LowestX = 1e4, HighestX = 1e7, LowestY = 1, HighestY = 1e4;
    private static readonly int[] s_sizes = [10_000, 100_000, 1_000_000, 10_000_000];

    public static int Run(string file)
    {
        (string Name, string Color, double[] Times)[] curves =
        [
            .. new[]
            {
                ("in the clone", "#1a7f37", "search", "ours"),
                ("from outside", "#0969da", "search-outside", "ours"),
                ("full collection", "#999999", "search", "gc"),
            }
            .Select(c => (
                c.Item1,
                c.Item2,
                s_sizes.Select(n => WorkerProcess.Measure(c.Item3, "dictionary", n, "stack")[c.Item4]).ToArray())),
        ];
        foreach ((string name, _, double[] times) in curves)
        {
            Console.WriteLine($"{name,-16}{string.Join("  ", s_sizes.Select((n, i) =>
                string.Create(CultureInfo.InvariantCulture, $"{n:N0}: {times[i]:0.0} ms")))}");
        }

        File.WriteAllText(file, Draw(curves));
        return 0;
    }

    private static string Draw((string Name, string Color, double[] Times)[] curves)
    {
        var svg = new StringBuilder();
        _ = svg.AppendLine(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" "
            + $"font-family=\"sans-serif\" font-size=\"12\">");
        _ = svg.AppendLine(
            CultureInfo.InvariantCulture,
            $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"white\"/>");
        for (double x = LowestX; x <= HighestX; x *= 10)
            Line(x, LowestY, x, HighestY, $"{x:N0}", X(x) - 20, Height - Margin + 18);
        for (double y = LowestY; y <= HighestY; y *= 10) Line(LowestX, y, HighestX, y, $"{y:N0} ms", 4, Y(y) + 4);
        _ = svg.AppendLine(
            CultureInfo.InvariantCulture,
            $"<text x=\"{(Width / 2) - 60}\" y=\"{Height - 14}\">objects searched</text>");
        for (int i = 0; i < curves.Length; i++)
        {
            (string name, string color, double[] times) = curves[i];
            string points = string.Join(
                ' ',
                times.Select((t, n) =>
                    string.Create(CultureInfo.InvariantCulture, $"{X(s_sizes[n]):0.#},{Y(t):0.#}")));
            _ = svg.AppendLine(
                CultureInfo.InvariantCulture,
                $"<polyline points=\"{points}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2\"/>");
            _ = svg.AppendLine(
                CultureInfo.InvariantCulture,
                $"<text x=\"{Margin + 10}\" y=\"{24 + (i * 16)}\" fill=\"{color}\">{name}</text>");
        }

        return svg.AppendLine("</svg>").ToString();

        void Line(double x1, double y1, double x2, double y2, string label, double x, double y)
        {
            _ = svg.AppendLine(
                CultureInfo.InvariantCulture,
                $"<line x1=\"{X(x1):0.#}\" y1=\"{Y(y1):0.#}\" x2=\"{X(x2):0.#}\" y2=\"{Y(y2):0.#}\" "
                + $"stroke=\"#dddddd\"/>");
            _ = svg.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y:0.#}\">{label}</text>");
        }
    }

    private static double X(double objects) =>
        Margin + ((Width - (2 * Margin)) * Math.Log10(objects / LowestX) / Math.Log10(HighestX / LowestX));

    private static double Y(double time) =>
        Height - Margin
        - ((Height - (2 * Margin)) * Math.Log10(Math.Max(time, LowestY) / LowestY) / Math.Log10(HighestY / LowestY));
}
