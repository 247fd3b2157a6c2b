namespace LifetimeMonitoring.Snapshots;

/// <summary>How far the search for the path may go: the switch <c>LIFETIMEMONITOR_PATHS</c>.</summary>
internal enum PathsMode
{
    /// <summary>No snapshot is made; verdicts only.</summary>
    Off,

    /// <summary>The runtime's debugging component (DAC) never walks a stack.</summary>
    Safe,

    /// <summary>The DAC names the frames of blocked threads.</summary>
    Full,
}

/// <summary>Reads the switch from the environment.</summary>
internal static class PathsSwitch
{
    public const string Variable = "LIFETIMEMONITOR_PATHS";

    /// <summary>The mode, and a complaint if the variable has any other value.</summary>
    public static (PathsMode Mode, string? Complaint) Parse(string? value) => value?.Trim().ToUpperInvariant() switch
    {
        null or "" or "FULL" => (PathsMode.Full, null),
        "SAFE" => (PathsMode.Safe, null),
        "OFF" => (PathsMode.Off, null),
        _ => (PathsMode.Safe, $"{Variable} is '{value}', which is none of off, safe and full; safe was assumed"),
    };
}
