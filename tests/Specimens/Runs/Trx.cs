using System.Xml.Linq;

namespace LifetimeMonitoring.Specimens;

/// <summary>Reads the TRX results, which every runner can write.</summary>
internal static class Trx
{
    public static IReadOnlyList<SpecimenResult> Read(string file)
    {
        XElement root = XDocument.Load(file).Root!;
        var classes = Named(root, "UnitTest").ToDictionary(
            t => t.Attribute("id")!.Value,
            t => Named(t, "TestMethod").Single().Attribute("className")!.Value);
        return [.. Named(root, "UnitTestResult").Select(r => Read(r, classes[r.Attribute("testId")!.Value]))];
    }

    private static SpecimenResult Read(XElement result, string @class) => new(
        ShortName(@class, result.Attribute("testName")!.Value),
        result.Attribute("outcome")!.Value,
        TextOf(result, "ErrorInfo", "Message").ReplaceLineEndings("\n"),
        TextOf(result, "ErrorInfo", "StackTrace").ReplaceLineEndings("\n"),
        (TextOf(result, "Output", "StdOut") + TextOf(result, "TextMessages", "Message")).ReplaceLineEndings("\n"),
        [.. Named(result, "ResultFile").Select(e => e.Attribute("path")!.Value)]);

    // Some runners give the name of the method, and some the full name.
    private static string ShortName(string @class, string test)
    {
        string method = test.StartsWith(@class + '.', StringComparison.Ordinal) ? test[(@class.Length + 1)..] : test;
        return $"{@class[(@class.LastIndexOf('.') + 1)..]}.{method}";
    }

    private static string TextOf(XElement result, string parent, string child) =>
        Named(result, child).FirstOrDefault(e => e.Parent!.Name.LocalName == parent)?.Value ?? "";

    private static IEnumerable<XElement> Named(XElement parent, string name) => parent.Descendants().Where(e => e.Name.LocalName == name);
}
