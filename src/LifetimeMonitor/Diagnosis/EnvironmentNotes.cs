using System.Diagnostics;

namespace LifetimeMonitoring.Diagnosis;

/// <summary>Conditions that make objects live longer than intended, without a fault of the program.</summary>
internal static class EnvironmentNotes
{
    public static IEnumerable<string> Notes() => Notes(Debugger.IsAttached, IsConservative());

    public static IEnumerable<string> Notes(bool debugged, bool conservative)
    {
        if (debugged)
            yield return "A debugger is attached: it keeps local variables alive to the end of their methods.";
        if (conservative)
            yield return "The garbage collector scans stacks conservatively (DOTNET_gcConservative): any word that "
                + "looks like a reference keeps an object alive, so an object that only a stack holds proves nothing.";
    }

    private static bool IsConservative() =>
        (AppContext.TryGetSwitch("System.GC.Conservative", out bool isOn) && isOn)
        || Environment.GetEnvironmentVariable("DOTNET_gcConservative") == "1";
}
