using System.Runtime.CompilerServices;

namespace Specimens;

/// <summary>An untracked object of the tests: watched by its type.</summary>
public class Dialog
{
    private static readonly List<object> s_open = [];

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Make() => _ = new Dialog();

    public static void MakeAndKeep() => Keep(new Dialog());

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Keep(object dialog)
    {
        lock (s_open) s_open.Add(dialog);
    }
}

/// <summary>A dialog that the tests watch by its open type.</summary>
public sealed class Dialog<T> : Dialog;
