using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LifetimeMonitor.TruthTable.Rows;

internal static class Handles
{
    private static readonly object s_key = new();
    private static readonly ConditionalWeakTable<object, object> s_table = [];
    private static GCHandle s_handle;

    public static Row[] Rows => [Strong, Pinned, AttachedToKey];

    private static Row Strong => Row.Of("GCHandle, normal", leaked => s_handle = GCHandle.Alloc(leaked), _ => s_handle.Free());

    private static Row Pinned => Row.Made(
        "GCHandle, pinned",
        () =>
        {
            byte[] leaked = new byte[100];
            s_handle = GCHandle.Alloc(leaked, GCHandleType.Pinned);
            return leaked;
        },
        _ => s_handle.Free());

    private static Row AttachedToKey => Row.Of(
        "value of a ConditionalWeakTable whose key lives",
        leaked => s_table.Add(s_key, leaked),
        _ => s_table.Remove(s_key));
}
