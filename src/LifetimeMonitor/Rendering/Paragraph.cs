using System.Text;

namespace LifetimeMonitor.Rendering;

/// <summary>Sentences in lines that fit a terminal: a build log that breaks them breaks them between words.</summary>
internal static class Paragraph
{
    private const string Margin = "  ";
    private const int Width = 80;

    /// <summary>Indented lines separated by <c>\n</c>; a word that is longer than a line has one of its own.</summary>
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
