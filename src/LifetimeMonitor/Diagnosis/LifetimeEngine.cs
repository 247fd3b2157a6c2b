using LifetimeMonitoring.Collecting;
using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Rendering;
using LifetimeMonitoring.Snapshots;
using LifetimeMonitoring.Snapshots.Clone;

namespace LifetimeMonitoring.Diagnosis;

/// <summary>
/// The composition root: it makes everything that this process keeps from one check to the next, and a test can begin
/// anew. <c>StaticStateTests</c> lists the state that belongs to the process itself, which no object can give back,
/// such as mapped machine code and the children of the process.
/// </summary>
internal sealed class LifetimeEngine
{
    private static volatile LifetimeEngine s_current = new();

    private LifetimeEngine()
    {
        ILinux? linux = OperatingSystem.IsLinux() ? new LinuxCalls() : null;
        Finalizers = new FinalizerWait();
        ProcessEnd.Began += Finalizers.Wake;
        Scratch = new ScratchMemory(linux);
        Breadcrumb = new Breadcrumb(Path.GetTempPath(), AppContext.BaseDirectory);
        Thread = new DiagnosisThread(Breadcrumb, NativeCode.Current is null ? null : linux);
        Diagnoser = new Diagnoser(new SnapshotLadder(linux), engine: this);
    }

    /// <summary>The instance of this process.</summary>
    public static LifetimeEngine Current => s_current;

    /// <summary>
    /// Makes the objects that every check needs, before there is one to check: later the heap may be full, and a type whose
    /// static constructor has failed for that cannot be used again in this process.
    /// </summary>
    public static void Prepare()
    {
        _ = s_current;
        _ = DiagnosisResult.OutOfMemory;
        _ = EarlierLeaks.Shared;
        _ = ReportWriter.Instance;
        _ = CrashGuard.IsComponentLost;
    }

    /// <summary>Waits for finalizers; one, because the runtime has one finalizer thread.</summary>
    public FinalizerWait Finalizers { get; }

    /// <summary>The memory for copies out of snapshots.</summary>
    public ScratchMemory Scratch { get; }

    /// <summary>The breadcrumb of this program. The program's directory distinguishes it from other programs.</summary>
    public Breadcrumb Breadcrumb { get; }

    /// <summary>Runs the diagnoses; one, because two at once would see each other.</summary>
    public DiagnosisThread Thread { get; }

    /// <summary>Reuses its memory for requests, and the places of statics that it has found.</summary>
    public Diagnoser Diagnoser { get; }

    /// <summary>Begins anew, with nothing kept, for tests. No check may be running.</summary>
    public static void Reset()
    {
        LifetimeEngine old = s_current;
        s_current = new LifetimeEngine();
        ProcessEnd.Began -= old.Finalizers.Wake;
        old.Scratch.Free();
    }
}
