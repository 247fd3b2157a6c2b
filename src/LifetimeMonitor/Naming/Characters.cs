using System.Buffers;
using System.Globalization;
using System.Text;

namespace LifetimeMonitoring.Naming;

/// <summary>Characters of the program's texts, as a report can show them.</summary>
internal static class Characters
{
    // It joins emoji to one.
    private const int ZeroWidthJoiner = 0x200d;

    /// <summary>
    /// Escapes control characters, line ends, marks of direction and halves of surrogate pairs as C# does. A report
    /// with them would break its lines, or show the characters after them in another order.
    /// </summary>
    public static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        for (int i = 0, length; i < text.Length; i += length)
        {
            OperationStatus status = Rune.DecodeFromUtf16(text.AsSpan(i), out Rune rune, out length);
            if (status == OperationStatus.Done && IsVisible(rune)) _ = escaped.Append(text, i, length);
            else
            {
                foreach (char c in text.AsSpan(i, length))
                    _ = escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
        }

        return escaped.ToString();
    }

    /// <summary>The beginning of a text; it does not end within a surrogate pair.</summary>
    public static string Start(string text, int longest)
    {
        if (text.Length <= longest) return text;
        return text[..(longest > 0 && char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
    }

    private static bool IsVisible(Rune rune) => rune.Value == ZeroWidthJoiner
        || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
