using System.Collections;
using System.Runtime.InteropServices;

namespace LifetimeMonitor.Tests.Paths;

/// <summary>Objects for native code, which sees IUnknown and nothing else.</summary>
internal sealed unsafe class Wrappers : ComWrappers
{
    protected override ComInterfaceEntry* ComputeVtables(object obj, CreateComInterfaceFlags flags, out int count)
    {
        count = 0;
        return null;
    }

    protected override object? CreateObject(nint externalComObject, CreateObjectFlags flags) => null;

    protected override void ReleaseObjects(IEnumerable objects)
    {
    }
}
