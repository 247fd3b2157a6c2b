using System.Runtime.CompilerServices;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.Tests.Paths;

/// <summary>Shared generic code: the runtime has one form of it for all reference types.</summary>
public sealed class GenericTests
{
    private const string Here = "GenericTests.";
    private static readonly Button s_button = new();
    private static EventHandler<string>? s_handler;
    private static Hiding? s_hidden;

    [Fact]
    public void A_lambda_in_the_constructor_of_a_generic_type_is_named()
    {
        LifetimeReport report = Leak.Check(() =>
        {
            var leaked = new Leaked();
            _ = new Dialog<string>(leaked, s_button);
            return leaked;
        });
        Assert.Equal(
            [
                $"static field LifetimeMonitoring.Tests.Paths.{Here}s_button",
                $"event Clicked += lambda in new {Here}Dialog<string>",
                $"captured variable 'leaked' in new {Here}Dialog<string>"
            ],
            References(report));
        Assert.Contains($"A lambda in new {Here}Dialog<string> was added to event Clicked", Unwrapped(report), StringComparison.Ordinal);
        s_button.Clear();
    }

    [Fact]
    public void A_method_of_a_generic_type_is_named_with_the_type_of_its_object()
    {
        LifetimeReport report = Leak.Check(() =>
        {
            var leaked = new Leaked();
            s_button.Clicked += new Derived { Value = leaked }.OnClicked;
            return leaked;
        });
        Assert.Equal($"event Clicked += {Here}Holder<Leaked>.OnClicked", References(report)[1]);
        s_button.Clear();
    }

    [Fact]
    public void A_generic_method_is_named_with_any_type_arguments()
    {
        LifetimeReport report = Leak.Check(() =>
        {
            var leaked = new Other();
            s_handler = leaked.OnEvent<string>;
            return leaked;
        });
        Assert.Equal([$"static field LifetimeMonitoring.Tests.Paths.{Here}s_handler = {Here}Other.OnEvent"], References(report));
        s_handler = null;
    }

    [Fact]
    public void A_local_of_a_method_of_a_generic_type_is_named_with_the_types_parameters()
    {
        using var holds = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var thread = new Thread(() => Holder<string>.HoldAndBlock(new Leaked(), holds, release)) { IsBackground = true };
        thread.Start();
        holds.Wait(TestContext.Current.CancellationToken);
        LifetimeReport report = Holder<string>.Monitor!.CheckUntilExact();
        release.Set();
        thread.Join();
        Assert.StartsWith($"local of {Here}Holder<TValue>.HoldAndBlock (", References(report)[0], StringComparison.Ordinal);
    }

    // The runtime has one form of such a struct for all reference types.
    [Fact]
    public void A_struct_in_a_field_of_the_base_type_is_read_in_its_own_form_beside_a_field_of_the_same_name()
    {
        LifetimeReport report = Leak.Check(() =>
        {
            var leaked = new Leaked();
            s_hidden = new Hiding(leaked);
            return leaked;
        });
        Assert.Equal("_pair.Second", References(report)[1]);
        s_hidden = null;
    }

    private static string[] References(LifetimeReport report) => [.. report.Paths[0].Steps.Select(s => s.Reference)];

    private static string Unwrapped(LifetimeReport report) =>
        report.ToString().ReplaceLineEndings(" ").Replace("   ", " ", StringComparison.Ordinal);

    private sealed class Button
    {
        public event EventHandler? Clicked;

        public void Clear() => Clicked = null;
    }

    private sealed class Dialog<TModel>
    {
        public Dialog(Leaked leaked, Button button) => button.Clicked += (sender, e) => leaked.OnHappened(sender, e);
    }

    private class Holder<TValue>
    {
        public static LifeTimeMonitor? Monitor { get; private set; }

        public TValue? Value { get; init; }

        public void OnClicked(object? sender, EventArgs e)
        {
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        public static void HoldAndBlock(Leaked leaked, ManualResetEventSlim holds, ManualResetEventSlim release)
        {
            Monitor = new LifeTimeMonitor(leaked);
            holds.Set();
            release.Wait();
            GC.KeepAlive(leaked);
        }
    }

    private sealed class Derived : Holder<Leaked>;

    private record struct Pair<TFirst, TSecond>(TFirst First, TSecond Second);

    private class Hidden(Leaked leaked)
    {
        private readonly Pair<long, Leaked> _pair = new(1, leaked);

        public override string ToString() => _pair.ToString();
    }

    private sealed class Hiding(Leaked leaked) : Hidden(leaked)
    {
        private readonly Pair<string?, long> _pair = new(null, 1);

        public override string ToString() => _pair.ToString();
    }

    private sealed class Other
    {
        public void OnEvent<T>(object? sender, T e)
        {
        }
    }
}
