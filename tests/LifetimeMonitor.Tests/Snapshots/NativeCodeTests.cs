using System.Text.RegularExpressions;
using LifetimeMonitoring.Heap.RuntimeLayout;
using LifetimeMonitoring.Snapshots;
using LifetimeMonitoring.Snapshots.Clone;

namespace LifetimeMonitoring.Tests.Snapshots;

/// <summary>The headers of the processors, and their numbers in managed code. All of them are checked on every processor.</summary>
public sealed partial class NativeCodeTests
{
    private static readonly NativeCode[] s_all = [NativeCode.X64, NativeCode.Arm64];

    [Fact]
    public void Managed_code_has_the_numbers_of_the_header()
    {
        foreach (NativeCode code in s_all)
        {
            Assert.Equal(code.Registers, NativeHeader.Constant(Header(code), "REGISTERS"));
            Assert.Equal(code.ThreadIdCall, NativeHeader.Constant(Header(code), "SYS_gettid"));
            Assert.Equal(code.FutexCall, NativeHeader.Constant(Header(code), "SYS_futex"));
        }
    }

    [Fact]
    public void A_thread_has_a_slot_for_each_register()
    {
        foreach (NativeCode code in s_all)
        {
            string registers = Registers().Match(NativeHeader.Text(Header(code))).Groups["list"].Value;
            Assert.Equal(code.Registers, registers.Split(',').Distinct().Count());
        }
    }

    // A CONTEXT has the last two registers of the kernel, the stack pointer and the instruction pointer, apart.
    [Fact]
    public void A_context_has_a_place_for_each_register()
    {
        Assert.Equal(NativeCode.X64.Registers, ContextLayout.Amd64().GeneralRegisters.Length + 2);
        Assert.Equal(NativeCode.Arm64.Registers, ContextLayout.Arm64().GeneralRegisters.Length + 2);
    }

    [Fact]
    public void A_thread_is_read_from_a_context_as_it_was_written()
    {
        foreach (ContextLayout layout in new[] { ContextLayout.Amd64(), ContextLayout.Arm64() })
        {
            ulong[] registers = [.. layout.GeneralRegisters.Select((_, i) => 100UL + (ulong)i)];
            var thread = new ThreadCapture(7, ThreadActivity.Stopped, 0x1000, 0x2000, registers);
            byte[] context = new byte[layout.Length];
            layout.Write(context, layout.All, thread);
            ThreadCapture read = layout.Read(7, context);
            Assert.Equal(thread with { Registers = read.Registers }, read);
            Assert.Equal(registers, read.Registers);
            Assert.Equal(layout.All, BitConverter.ToUInt32(context, layout.Flags));
        }
    }

    // Of the system calls, each processor has its own.
    [Fact]
    public void The_headers_offer_the_same_names() =>
        Assert.Equal(Names(NativeCode.X64).Order(), Names(NativeCode.Arm64).Order());

    [Theory]
    [InlineData("x64", "/usr/include/x86_64-linux-gnu/asm/unistd_64.h")]
    [InlineData("arm64", "/usr/include/asm-generic/unistd.h")]
    public void The_numbers_of_system_calls_are_those_of_the_kernel(string processor, string kernel)
    {
        Assert.SkipUnless(File.Exists(kernel), $"needs {kernel}, of the package linux-libc-dev");
        string text = File.ReadAllText(kernel);
        MatchCollection calls = SystemCall().Matches(NativeHeader.Text($"arch/{processor}.h"));
        Assert.InRange(calls.Count, 30, 60);
        foreach (string name in calls.Select(c => c.Groups["name"].Value))
            // A call that a processor with 32 bits has in two forms has a name for both.
            Assert.Matches($@"(?m)^#define __NR(3264)?_{name} {NativeHeader.Constant($"arch/{processor}.h", $"SYS_{name}")}$", text);
    }

    private static string Header(NativeCode code) => $"arch/{code.Processor}.h";

    private static IEnumerable<string> Names(NativeCode code) => Offered()
        .Matches(NativeHeader.Text(Header(code)))
        .Select(m => m.Groups["name"].Value)
        .Where(name => !name.StartsWith("LM_", StringComparison.Ordinal));

    [GeneratedRegex(@"\bSYS_(?<name>\w+) = ")]
    private static partial Regex SystemCall();

    [GeneratedRegex(@"GENERAL_REGISTERS\(r\) \\\s+\{(?<list>[^}]*)\}")]
    private static partial Regex Registers();

    [GeneratedRegex(@"^(?:#define |INLINE [\w ]+[ *]|struct (?=\w+ \{)|enum \{ )(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Offered();
}
