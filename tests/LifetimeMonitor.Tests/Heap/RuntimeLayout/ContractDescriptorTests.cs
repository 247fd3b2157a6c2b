using System.Runtime.InteropServices;
using System.Text;
using LifetimeMonitoring.Heap.RuntimeLayout;

namespace LifetimeMonitoring.Tests.Heap.RuntimeLayout;

public sealed class ContractDescriptorTests
{
    private static readonly ContractDescriptor s_descriptor = Parse("""
        {
          "version": 0,
          "types": { "Thread": { "!": 600, "Frame": 8, "GCHandle": [304, "GCHandle"], "Odd": "x" } },
          "globals": { "Plain": 7, "Typed": ["0x1f", "nuint"], "Indirect": [[6], "pointer"], "Word": "amd64" },
          "contracts": { "Thread": 1, "Later": "c2", "Strange": "x1" }
        }
        """);

    [Fact]
    public void Offsets_are_read_with_and_without_a_type()
    {
        Assert.Equal(8, s_descriptor.Offset("Thread", "Frame"));
        Assert.Equal(304, s_descriptor.Offset("Thread", "GCHandle"));
    }

    [Fact]
    public void Values_are_read_however_they_are_written()
    {
        Assert.Equal(7UL, s_descriptor.Global("Plain"));
        Assert.Equal(0x1fUL, s_descriptor.Global("Typed"));
    }

    [Fact]
    public void Versions_are_read_as_each_runtime_writes_them()
    {
        Assert.Equal(1, s_descriptor.Version("Thread"));
        Assert.Equal(2, s_descriptor.Version("Later"));
        Assert.Null(s_descriptor.Version("Strange"));
    }

    [Fact]
    public void A_fact_that_the_runtime_does_not_publish_is_null()
    {
        Assert.Null(s_descriptor.Offset("Thread", "Missing"));
        Assert.Null(s_descriptor.Offset("Missing", "Frame"));
        Assert.Null(s_descriptor.Offset("Thread", "Odd"));
        Assert.Null(s_descriptor.Global("Missing"));
        Assert.Null(s_descriptor.Global("Indirect"));
        Assert.Null(s_descriptor.Global("Word"));
        Assert.Null(s_descriptor.Version("StackWalk"));
        Assert.Null(Parse("{}").Version("Thread"));
    }

    [Fact]
    public void A_variable_of_the_runtime_is_found_by_its_index()
    {
        ContractDescriptor descriptor = Parse("""{ "globals": { "A": [[1], "pointer"], "B": [[2], "pointer"], "C": 1 } }""", 16, 32);
        Assert.Equal(32UL, descriptor.Pointer("A"));
        Assert.Null(descriptor.Pointer("B"));
        Assert.Null(descriptor.Pointer("C"));
        Assert.Null(descriptor.Pointer("Missing"));
    }

    [Fact]
    public void Without_every_word_of_it_no_layout_of_frames_is_believed()
    {
        Assert.Null(FrameLayout.From(null, RuntimeVersion.Current));
        Assert.Null(FrameLayout.From(s_descriptor, RuntimeVersion.Current));
    }

    [Fact]
    public void This_runtime_tells_how_it_lays_out_frames()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux()
                && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64
                && Environment.Version.Major >= 10,
            "known of .NET 10 and 11 on Linux x64 and arm64");
        Assert.NotNull(FrameLayout.OfThisRuntime.Value);
    }

    private static ContractDescriptor Parse(string text, params ulong[] pointers) =>
        new(Encoding.UTF8.GetBytes(text), pointers);
}
