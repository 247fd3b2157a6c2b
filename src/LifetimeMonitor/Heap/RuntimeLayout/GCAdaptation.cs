namespace LifetimeMonitoring.Heap.RuntimeLayout;

/// <summary>The setting by which Server GC adapts its heap count to the program (DATAS).</summary>
internal static class GCAdaptation
{
    public static bool IsOff() =>
        AppContext.TryGetSwitch("System.GC.DynamicAdaptationMode", out bool on) ? !on
        : Environment.GetEnvironmentVariable("DOTNET_GCDynamicAdaptationMode") == "0";
}
