namespace LifetimeMonitoring.Naming.Compiler;

/// <summary>
/// A parsed compiler-generated name; C# uses the form <c>&lt;inner&gt;kind__rest</c>. The letters are those of
/// GeneratedNameKind in Roslyn's sources. They are no contract, but have not changed in ten years, and a name that
/// does not fit is shown as it is. Names of the other compilers map to the kind of the same meaning.
/// </summary>
/// <param name="Inner">The method, property or variable behind the name; empty when the name does not tell.</param>
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
    public const char State = '1';
    public const char Builder = 't';
    public const char OuterScope = '8';
    public const char CachedLambda = '9';
    public const char StaticLocal = 's';
    public const char BackingField = 'k';
    public const char AnonymousTypeField = 'i';
    public const char AnonymousType = 'f';
    public const char PrimaryConstructorParameter = 'P';
    public const char CollectionExpression = 'z';
    public const char Delegate = 'F';
    public const char Action = 'A';
    public const char InlineArray = 'y';
    public const char MethodGroups = 'O';
    public const char CallSites = 'o';

    /// <summary>The parts, or null when the name is not compiler-generated.</summary>
    public static CompilerName? Parse(string name) =>
        OfCSharp(name) ?? VisualBasicNames.Parse(name) ?? FSharpNames.Parse(name);

    private static CompilerName? OfCSharp(string name)
    {
        // The name of an outer scope begins with letters, for the sake of old debuggers.
        const string OuterScopes = "CS$<>8__locals";
        if (name.StartsWith(OuterScopes, StringComparison.Ordinal))
            return new CompilerName("", OuterScope, name[OuterScopes.Length..]);
        if (!name.StartsWith('<')) return null;
        int end = Closing(name);
        if (end < 0 || end + 1 >= name.Length) return null;
        return new CompilerName(name[1..end], name[end + 1], name[(end + 2)..].TrimStart('_'));
    }

    // <<Main>$>g__Local|0_1: the inner name may itself be compiler-generated.
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
