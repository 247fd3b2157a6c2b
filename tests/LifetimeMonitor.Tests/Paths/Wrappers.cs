using System.Collections;
using System.Runtime.InteropServices;

namespace LifetimeMonitoring.Tests.Paths;

/// <summary>Objects for native code, which sees only IUnknown.</summary>
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
