using System.Runtime.InteropServices;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.Tests.Paths;

/// <summary>Arrays of structs with more dimensions than one: the bounds come before the elements.</summary>
public sealed class ArrayTests : IDisposable
{
    private GCHandle _handle;

    public void Dispose()
    {
        Statics.Grid = null;
        _handle.Free();
    }

    [Fact]
    public void A_struct_in_an_array_of_four_dimensions_is_named_by_all_of_them()
    {
        _handle = GCHandle.Alloc(this);
        Leak.Check(() =>
        {
            var grid = new (object?, int)[1, 2, 2, 2];
            grid[0, 1, 0, 1].Item1 = new Leaked();
            Statics.Grid = grid;
            return grid[0, 1, 0, 1].Item1!;
        }).Shows("""
              static field LifetimeMonitoring.Tests.Paths.ArrayTests.Statics.Grid
              │   (object, int)[,,,]
              ├─ [0, 1, 0, 1].Item1
              ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
            """);
    }

    [Fact]
    public void Memory_behind_an_array_of_four_dimensions_is_not_part_of_it()
    {
        LifetimeReport report = Leak.Check(() =>
        {
            Statics.Grid = new (object?, int)[1, 1, 1, 1];
            var next = new Leaked(); // Allocated right after the array, so it follows it in memory.
            var leaked = new Leaked();
            next.Next = leaked;
            _handle = GCHandle.Alloc(next);
            return leaked;
        });
        report.Shows("""
              strong GCHandle
              │   LifetimeMonitoring.Tests.Paths.Leaked
              ├─ Next
              ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
            """);
    }

    private static class Statics
    {
        public static (object?, int)[,,,]? Grid;
    }
}
