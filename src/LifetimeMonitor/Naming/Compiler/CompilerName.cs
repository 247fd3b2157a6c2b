namespace LifetimeMonitor.Naming.Compiler;

/// <summary>
/// A name the C# compiler made, taken apart: <c>&lt;inner&gt;kind__rest</c>. The letters are those of GeneratedNameKind in
/// Roslyn's sources; they are no contract, but have not changed in ten years, and a name that does not fit is shown as it is.
/// </summary>
/// <param name="Inner">What it was made for: a method, a property, a variable.</param>
/// <param name="Kind">The letter.</param>
/// <param name="Rest">Numbers, or the name of a local function.</param>
internal sealed record CompilerName(string Inner, char Kind, string Rest)
{
    public const char Closure = 'c';
    public const char StateMachine = 'd';
    public const char Lambda = 'b';
    public const char LocalFunction = 'g';
    public const char HoistedLocal = '5';
    public const char This = '4';
    public const char Parameter = '3';
    public const char Current = '2';
    public const char Awaiter = 'u';
    public const char BackingField = 'k';
    public const char AnonymousTypeField = 'i';
    public const char AnonymousType = 'f';
    public const char PrimaryConstructorParameter = 'P';

    /// <summary>The parts, or null when the compiler did not make the name.</summary>
    public static CompilerName? Parse(string name)
    {
        if (!name.StartsWith('<')) return null;
        int end = Closing(name);
        if (end < 0 || end + 1 >= name.Length) return null;
        return new CompilerName(name[1..end], name[end + 1], name[(end + 2)..].TrimStart('_'));
    }

    // <<Main>$>g__Local|0_1: what a name was made for may itself be such a name.
    private static int Closing(string name)
    {
        int depth = 0;
        for (int i = 0; i < name.Length; i++)
        {
            if (name[i] == '<') depth++;
            else if (name[i] == '>' && --depth == 0) return i;
        }

        return -1;
    }
}
