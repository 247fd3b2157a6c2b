using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LifetimeMonitoring.Naming;

namespace LifetimeMonitoring.Blame;

/// <summary>
/// A short name for a leak, the same on every run and machine. It consists of the references from the suspect one on,
/// the types they lead to, and the holder of the suspect reference: for an element, the reference that holds its
/// collection. It omits indices, keys, lines and threads, so that unrelated code does not change it.
/// </summary>
internal static partial class Fingerprint
{
    public static string Of(NamedPath path, int suspect)
    {
        var text = new StringBuilder();
        NamedStep[] blamed = [.. path.Steps.Skip(suspect)];
        _ = text.Append(Holder(path, suspect));
        IEnumerable<string> steps = blamed.Where(s => s.Omitted == 0).Select(Text);
        // The length of a very long path determines which of its references have names.
        if (blamed.Any(s => s.Omitted > 0))
            steps = [Text(blamed[0]), .. steps.Distinct().Order(StringComparer.Ordinal), Text(blamed[^1])];
        foreach (string step in steps) _ = text.Append(step);
        return Hash(text.ToString()).ToString("x8", CultureInfo.InvariantCulture);
    }

    // FNV-1a over UTF-16 code units, and then the last step of MurmurHash3, so that each bit depends on all others. The
    // cryptographic hashes of .NET need OpenSSL on Linux, and end the process where there is none.
    private static uint Hash(string text)
    {
        ulong hash = 0xcbf29ce484222325;
        foreach (char c in text) hash = (hash ^ c) * 0x100000001b3;
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
        return (uint)(hash >> 32);
    }

    // Any two lists have the same elements and types; the fields that hold them differ.
    private static string Holder(NamedPath path, int suspect)
    {
        int holder = suspect;
        while (holder > 0 && path.Steps[holder].Kind == ReferenceKind.Element) holder--;
        if (holder == 0) return suspect == 0 ? "" : Text(path.Steps[0]);
        string owner = Stable(path.Steps[holder - 1].Type);
        return holder == suspect ? $"{owner}\n" : $"{owner}\n{Text(path.Steps[holder])}";
    }

    private static string Text(NamedStep step) => $"{Volatile().Replace(step.Words, "[x]")}\n{Stable(step.Type)}\n";

    // The compiler numbers its types by their place among the other members.
    private static string Stable(TypeFacts? type) =>
        type is null ? "?" : type.Made is null ? type.Definition : type.InWords;

    [GeneratedRegex(
        """\[(?:"(?:[^"\\]|\\.)*"|\[[^\]]*\]|[^\[\]"])*\]|(?:\b(?:at|near) )?\b\S+\.\w+:\d+|"""
        + """\bon (thread|thread-pool thread) .*$|\bthread \d+.*$|\((near )?\S+:\d+\)|__\d+_\d+|\d+ more""")]
    private static partial Regex Volatile();
}
