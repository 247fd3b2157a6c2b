using System.Text;
using LifetimeMonitoring.Naming.Compiler;

namespace LifetimeMonitoring.Naming;

/// <summary>
/// Reads <c>Ns.Outer&lt;A, B&gt;+Inner[,][]</c>. An angle bracket at the beginning of an identifier belongs to a
/// compiler-generated name, such as <c>&lt;&gt;c__DisplayClass1_0</c>. Elsewhere it opens type arguments.
/// </summary>
internal sealed class RuntimeNameParser(string text)
{
    private int _at;

    /// <summary>The name, or null when the text is not a type name.</summary>
    public RuntimeName? Parse()
    {
        RuntimeName? name = Name();
        return _at == text.Length ? name : null;
    }

    private RuntimeName? Name()
    {
        var space = new List<string>();
        var parts = new List<RuntimeName.Part>();
        while (true)
        {
            string identifier = Identifier();
            if (identifier.Length == 0) return null;
            if (parts.Count == 0 && Next('.'))
            {
                space.Add(identifier);
                continue;
            }

            List<RuntimeName> arguments = [];
            if (Next('<') && !Arguments(arguments)) return null;
            parts.Add(new RuntimeName.Part(identifier, arguments));
            if (!Next('+')) break;
        }

        return new RuntimeName(string.Join('.', space), parts, Suffix());
    }

    private bool Arguments(List<RuntimeName> arguments)
    {
        do
        {
            while (Next(' '))
            {
            }

            if (Name() is not { } argument) return false;
            arguments.Add(argument);
        }
        while (Next(','));
        return Next('>');
    }

    private string Identifier()
    {
        int start = _at;
        // <>c__DisplayClass1_0, <Load>d__3, <<Main>$>g__Local|0_1: pairs of angle brackets, with any text between them.
        for (int depth = 0; _at < text.Length; _at++)
        {
            char c = text[_at];
            if (c == '<' && (_at == start || depth > 0)) depth++;
            else if (c == '>' && depth > 0) depth--;
            else if (depth == 0 && c is '.' or '+' or '<' or '>' or ',' or '[' or ']' or '*' or '&' or ' ') break;
        }

        string identifier = text[start.._at];
        int tick = identifier.IndexOf('`', StringComparison.Ordinal);
        return TypePartNames.WithoutFile(tick < 0 ? identifier : identifier[..tick]);
    }

    private string Suffix()
    {
        var ranks = new List<string>();
        var rest = new StringBuilder();
        while (_at < text.Length)
        {
            if (text[_at] is '*' or '&')
            {
                _ = rest.Append(text[_at++]);
                continue;
            }

            int end = text.IndexOf(']', _at);
            if (text[_at] != '[' || end < 0 || text.AsSpan(_at + 1, end - _at - 1).TrimStart(',').Length > 0) break;
            ranks.Add(text[_at..(end + 1)]);
            _at = end + 1;
        }

        // The runtime writes the innermost array first, C# the outermost.
        ranks.Reverse();
        return rest + string.Concat(ranks);
    }

    private bool Next(char expected)
    {
        if (_at >= text.Length || text[_at] != expected) return false;
        _at++;
        return true;
    }
}
