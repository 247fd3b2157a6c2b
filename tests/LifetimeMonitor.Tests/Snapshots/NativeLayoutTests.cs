using System.Runtime.InteropServices;
using LifetimeMonitoring.Snapshots.Clone;
using LifetimeMonitoring.Snapshots.Dump;

namespace LifetimeMonitoring.Tests.Snapshots;

/// <summary>
/// Managed and native code use the same layouts; the headers in Native assert the same figures.
/// </summary>
public sealed class NativeLayoutTests
{
    [Fact]
    public unsafe void Requests_threads_the_guard_and_what_a_watchdog_gets_are_as_long_as_in_C()
    {
        Assert.Equal(8224, sizeof(Watched));
        Assert.Equal(16712, sizeof(CloneRequest));
        Assert.Equal(176, sizeof(CloneThread));
        Assert.Equal(104, sizeof(CrashGuardMemory));
    }

    [Theory]
    [InlineData(nameof(CloneRequest.Channel), 40)]
    [InlineData(nameof(CloneRequest.RestlessCount), 48)]
    [InlineData(nameof(CloneRequest.HoldLimitMicroseconds), 308)]
    [InlineData(nameof(CloneRequest.Tracer), 312)]
    public void A_field_of_a_request_is_where_C_has_it(string field, int offset) =>
        Assert.Equal(offset, (int)Marshal.OffsetOf<CloneRequest>(field));

    [Fact]
    public void The_registers_of_a_thread_are_where_C_has_them() =>
        Assert.Equal(40, (int)Marshal.OffsetOf<CloneThread>(nameof(CloneThread.Registers)));
}
