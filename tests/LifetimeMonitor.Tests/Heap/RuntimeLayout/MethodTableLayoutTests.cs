using LifetimeMonitoring.Heap.RuntimeLayout;
using LifetimeMonitoring.Tests.Snapshots;

namespace LifetimeMonitoring.Tests.Heap.RuntimeLayout;

public sealed class MethodTableLayoutTests
{
    [Fact]
    public void The_method_tables_of_this_runtime_are_as_expected()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads this process through the system calls of Linux");
        Assert.True(MethodTableLayout.IsAsExpected(ThisProcess.Read));
    }

    // Flags, base size, and the GC descriptor below the method table.
    [Theory]
    [InlineData(typeof(object), 4)]
    [InlineData(typeof(string), 3)]
    [InlineData(typeof(WeakReference), 2)]
    [InlineData(typeof(object[]), 0)]
    [InlineData(typeof(object[]), -8)]
    [InlineData(typeof(object[]), -16)]
    [InlineData(typeof(object[]), -24)]
    public void A_method_table_with_one_other_byte_is_noticed(Type type, int offset)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads this process through the system calls of Linux");
        ulong changed = (ulong)type.TypeHandle.Value + (ulong)offset;
        Assert.False(MethodTableLayout.IsAsExpected((address, buffer) =>
        {
            int read = ThisProcess.Read(address, buffer);
            if (changed - address < (ulong)read) buffer[(int)(changed - address)] ^= 0xff;
            return read;
        }));
    }

    [Fact]
    public void Memory_that_cannot_be_read_proves_no_other_layout() =>
        Assert.True(MethodTableLayout.IsAsExpected((_, _) => 0));
}
