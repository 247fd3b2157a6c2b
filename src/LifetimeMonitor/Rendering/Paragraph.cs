using System.Text;

namespace LifetimeMonitoring.Rendering;

/// <summary>Wraps sentences to lines that fit a terminal: no build log then breaks them within words.</summary>
internal static class Paragraph
{
    private const string Margin = "  ";
    private const int Width = 80;

    /// <summary>Indented lines separated by <c>\n</c>; a word longer than a line gets a line of its own.</summary>
    public static string Wrap(string sentences)
    {
        var text = new StringBuilder();
        int column = 0;
        foreach (string word in sentences.Split(' '))
        {
            if (column == 0 || column + 1 + word.Length > Width)
            {
                _ = text.Append(column == 0 ? "" : "\n").Append(Margin).Append(word);
                column = Margin.Length + word.Length;
            }
            else
            {
                _ = text.Append(' ').Append(word);
                column += 1 + word.Length;
            }
        }

        return text.ToString();
    }
}
