using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LifetimeMonitoring.Heap;
using LifetimeMonitoring.Heap.Roots;
using LifetimeMonitoring.Reports;
using LifetimeMonitoring.Snapshots;
using LifetimeMonitoring.Tests.Snapshots;

namespace LifetimeMonitoring.Tests.Paths;

public sealed class StaticTests
{
    [Fact]
    public void A_static_field_is_named_with_its_type()
    {
        LifetimeReport report = Leak.Check(() => Statics.Field = new Leaked());
        Assert.Equal(LifetimeVerdict.Retained, report.Verdict);
        report.Shows("""
              static field LifetimeMonitoring.Tests.Paths.StaticTests.Statics.Field
              ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
            """);
    }

    [Fact]
    public void An_auto_property_is_named_as_such() => Leak.Check(() => Statics.Property = new Leaked()).Shows("""
          static field LifetimeMonitoring.Tests.Paths.StaticTests.Statics.Property
          ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
        """);

    [Fact]
    public void Each_instantiation_of_a_generic_type_has_its_own() => Leak.Check(() => Generic<string>.Field = new Leaked()).Shows("""
          static field LifetimeMonitoring.Tests.Paths.StaticTests.Generic<string>.Field
          ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
        """);

    // Code that reads static fields has the array of their values in a register or on its stack for a moment.
    [Fact]
    public void A_stack_with_the_array_of_all_static_fields_is_no_second_holder()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64, "no clones");
        using var holds = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var thread = new Thread(() => HoldArrayOfStatics(holds, release)) { IsBackground = true };
        thread.Start();
        holds.Wait(TestContext.Current.CancellationToken);
        LifetimeReport report = LifeTimeMonitor.Track(() => Statics.Field = new Leaked()).CheckUntilExact();
        release.Set();
        thread.Join();
        Assert.Single(report.Paths);
        Assert.Contains("Cutting the suspect reference (^^^) frees it.", report.ToString(), StringComparison.Ordinal);
    }

    // The object of an assembly lies among the statics, but is not a static.
    [Fact]
    public void An_object_that_an_assembly_keeps_is_held_by_the_loaded_assembly()
    {
        LifetimeReport report = Leak.Check(() =>
        {
            var leaked = new Resolving();
            typeof(StaticTests).Assembly.ModuleResolve += leaked.OnResolve;
            return leaked;
        });
        report.Shows("""
              loaded assembly
              │   Assembly
              ├─ event ModuleResolve += StaticTests.Resolving.OnResolve
              ╰▶ LifetimeMonitoring.Tests.Paths.StaticTests.Resolving
            """);
    }

    [Fact]
    public void A_field_of_a_static_struct_is_part_of_the_name() => Leak.Check(() => Statics.Struct.Inner.Value = new Leaked()).Shows("""
          static field LifetimeMonitoring.Tests.Paths.StaticTests.Statics.Struct.Inner.Value
          ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
        """);

    [Fact]
    public void A_field_is_named_also_while_the_static_constructor_of_its_type_still_runs()
    {
        var thread = new Thread(StillRunning.Touch);
        thread.Start();
        StillRunningGate.Entered.Wait(TestContext.Current.CancellationToken);
        LifetimeReport report = StillRunningGate.Monitor!.Check();
        StillRunningGate.Leave.Set();
        thread.Join();
        report.Shows("""
              static field LifetimeMonitoring.Tests.Paths.StaticTests.StillRunning.Field
              ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
            """);
    }

    [Fact]
    public void A_static_event_holds_the_subscriber_through_its_delegate()
    {
        LifetimeReport report = Leak.Check(() =>
        {
            var leaked = new Leaked();
            Statics.Happened += leaked.OnHappened;
            return leaked;
        });
        report.Shows("""
              static event LifetimeMonitoring.Tests.Paths.StaticTests.Statics.Happened += Leaked.OnHappened
              ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
            """);
    }

    [Fact]
    public void An_event_of_an_instance_that_a_static_list_holds()
    {
        LifetimeReport report = Leak.Check(() =>
        {
            var leaked = new Leaked();
            var publisher = new Publisher();
            publisher.Happened += leaked.OnHappened;
            Statics.Publishers.Add(publisher);
            return leaked;
        });
        report.Shows("""
              static field LifetimeMonitoring.Tests.Paths.StaticTests.Statics.Publishers
              │   List<StaticTests.Publisher>
              ├─ [0]
              │   LifetimeMonitoring.Tests.Paths.StaticTests.Publisher
              ├─ event Happened += Leaked.OnHappened
              ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
            """);
    }

    [Fact]
    public void A_struct_in_an_array_is_named_by_index_and_field()
    {
        LifetimeReport report = Leak.Check(() =>
        {
            var leaked = new Leaked();
            Statics.Entries["key"] = new Outer { Inner = new Inner { Value = leaked } };
            return leaked;
        });
        report.Shows("""
              static field LifetimeMonitoring.Tests.Paths.StaticTests.Statics.Entries
              │   Dictionary<string, StaticTests.Outer>
              ├─ ["key"].Inner.Value
              ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
            """);
    }

    [Fact]
    public void An_array_of_several_dimensions_is_indexed_by_all_of_them() =>
        Leak.Check(() => Statics.Cube[1, 0, 2] = new Leaked()).Shows("""
          static field LifetimeMonitoring.Tests.Paths.StaticTests.Statics.Cube
          │   object[,,]
          ├─ [1, 0, 2]
          ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
        """);

    [Fact]
    public void An_inline_array_is_indexed()
    {
        LifetimeReport report = Leak.Check(() =>
        {
            var leaked = new Leaked();
            var inline = default(Inline);
            inline[3] = new Outer { Inner = new Inner { Value = leaked } };
            Statics.InlineHolder = new InlineHolder { Elements = inline };
            return leaked;
        });
        report.Shows("""
              static field LifetimeMonitoring.Tests.Paths.StaticTests.Statics.InlineHolder
              │   LifetimeMonitoring.Tests.Paths.StaticTests.InlineHolder
              ├─ Elements[3].Inner.Value
              ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
            """);
    }

    private static class Statics
    {
        public static object? Field;
        public static Outer Struct;
        public static readonly List<Publisher> Publishers = [];
        public static readonly Dictionary<string, Outer> Entries = [];
        public static InlineHolder? InlineHolder;
        public static readonly object[,,] Cube = new object[2, 2, 3];

#pragma warning disable CS0067 // No test needs to raise it.
        public static event EventHandler? Happened;

        public static object? Property { get; set; }
    }

    private sealed class Resolving
    {
        public Module OnResolve(object sender, ResolveEventArgs e) => throw new FileNotFoundException(e.Name);
    }

    private sealed class InlineHolder
    {
        public int Before;
        public Inline Elements;
    }

    [System.Runtime.CompilerServices.InlineArray(5)]
    private struct Inline
    {
        private Outer _element;
    }

    private static class StillRunningGate
    {
        public static readonly ManualResetEventSlim Entered = new(), Leave = new();
        public static LifeTimeMonitor? Monitor;
    }

    private static class StillRunning
    {
        public static readonly object Field;

#pragma warning disable CA1810 // The test needs the running constructor.
        static StillRunning()
        {
            Field = new Leaked();
            StillRunningGate.Monitor = new LifeTimeMonitor(Field);
            StillRunningGate.Entered.Set();
            StillRunningGate.Leave.Wait();
        }
#pragma warning restore CA1810

        public static void Touch()
        {
        }
    }

    private static class Generic<T>
    {
        public static object? Field;
    }

    private sealed class Publisher
    {
        public event EventHandler? Happened;
#pragma warning restore CS0067
    }

    private struct Outer
    {
        public long Before;
        public Inner Inner;
    }

    private struct Inner
    {
        public int Before;
        public object Value;
    }

    [Fact]
    public void An_object_in_the_exception_of_a_static_constructor_is_held_by_its_failure()
    {
        LifetimeReport report = Leak.Check(() =>
        {
            var leaked = new Leaked();
            Failing.Cause = leaked;
            _ = Assert.Throws<TypeInitializationException>(() => Failing.Inner.Value);
            Failing.Cause = null;
            return leaked;
        });
        Assert.Equal("failed static constructor of Inner", report.Paths[0].Root);
        Assert.Equal("""["cause"]""", report.Paths[0].Suspect?.Reference);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void HoldArrayOfStatics(ManualResetEventSlim holds, ManualResetEventSlim release)
    {
        object[] array = ArrayWith(nameof(Statics.Field));
        // No assertion of xunit, which would print everything that static fields hold.
        if (!Array.Exists(array, o => ReferenceEquals(o, Statics.Field))) throw new InvalidOperationException("It is another array.");
        holds.Set();
        release.Wait();
        GC.KeepAlive(array);
    }

    // Its place in memory is fixed.
    private static object[] ArrayWith(string field)
    {
        Statics.Field = new object();
        using ProcessSnapshot snapshot = Clones.Take(compare: true);
        using SnapshotHeap heap = SnapshotHeap.Open(snapshot, new HeapCaches(), searchInside: false);
        HeapRoot root = heap.StaticRoots.Single(r => heap.StaticFieldOf(r, default) is { } found
            && found.Name == field
            && found.DeclaringType.RuntimeName == typeof(Statics).FullName);
        ulong address = heap.StaticTables.Where(t => t < root.Slot).Max();
        return Unsafe.As<ulong, object[]>(ref address);
    }

    private static class Failing
    {
        public static object? Cause { get; set; }

        public static class Inner
        {
#pragma warning disable CA1065, CA1810 // The test needs the exception, and its time.
            static Inner() => throw new InvalidOperationException { Data = { ["cause"] = Cause } };
#pragma warning restore CA1065, CA1810

            public static object? Value { get; set; }
        }
    }
}
