using System.Runtime.InteropServices;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.TestHost.Chaos.Leaks;

/// <summary>Held by a strong handle, or a pinned one.</summary>
internal sealed class Handle(bool isPinned) : Leak
{
    private GCHandle _handle;

    public override Expectation Expected => isPinned
        ? new(LifetimeVerdict.Retained, RootKind.PinnedHandle, "pinned GCHandle")
        : new(LifetimeVerdict.Retained, RootKind.StrongHandle, "strong GCHandle");

    public override LifeTimeMonitor Make() => LifeTimeMonitor.Track(
        () => new byte[100],
        use: leaked => _handle = GCHandle.Alloc(leaked, isPinned ? GCHandleType.Pinned : GCHandleType.Normal));

    public override void LetGo()
    {
        if (_handle.IsAllocated) _handle.Free();
    }
}
