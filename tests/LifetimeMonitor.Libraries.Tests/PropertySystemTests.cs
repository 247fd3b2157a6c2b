using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Avalonia;
using Avalonia.Collections;
using Avalonia.Controls;
using Avalonia.Interactivity;
using Avalonia.Logging;
using Avalonia.Media;
using Avalonia.Threading;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.Libraries.Tests;

/// <summary>A library's own property system is named by its properties. A renamed field fails here.</summary>
[Collection(Leak.Collection)]
public sealed class PropertySystemTests
{
    private static readonly BlockingCollection<Action> s_tests = StartUIThread();

    [Fact]
    [Leaks(typeof(StyledElement), "`DataContext` of a control has it", "`DataContext = null`")]
    public void A_data_context_is_set_to_null() => IsMended(
        "DataContext",
        o => new Border { DataContext = o },
        border => border.DataContext = null);

    [Fact]
    [Leaks(typeof(Control), "`Tag` of a control has it", "`Tag = null`")]
    public void A_tag_is_set_to_null() => IsMended(
        "Tag",
        o => new Border { Tag = o },
        border => border.Tag = null);

    [Fact]
    [Leaks(typeof(AvaloniaObject), "an attached property of a control has it", "`ClearValue` of the property")]
    public void An_attached_property_is_cleared() => IsMended(
        "Owner.Note",
        o => { var border = new Border(); border.SetValue(Owner.NoteProperty, o); return border; },
        border => border.ClearValue(Owner.NoteProperty));

    [Fact]
    [Leaks(typeof(StyledElement), "a child inherits it as `DataContext`", "`DataContext = null` of the parent")]
    public void A_data_context_that_a_child_inherited_is_set_to_null_at_its_parent() => IsMended(
        "DataContext",
        o =>
        {
            var child = new Border();
            _ = new StackPanel { Children = { child }, DataContext = o };
            return child;
        },
        border => ((StackPanel)border.Parent!).DataContext = null);

    [Fact]
    [Leaks(typeof(ContentControl), "`Content` of a control has it", "`Content = null`")]
    public void A_content_is_set_to_null() => ControlIsMended(
        "Content",
        c => new ContentControl { Content = c },
        control => control.Content = null);

    [Fact]
    [Leaks(typeof(Decorator), "`Child` of a decorator has it", "`Child = null`")]
    public void A_child_of_a_decorator_is_set_to_null() => ControlIsMended(
        "Child",
        c => new Border { Child = c },
        border => border.Child = null);

    [Fact]
    [Leaks(typeof(Panel), "a panel has it among other children", "`Children.RemoveAt(index)`")]
    public void A_child_of_a_panel_is_removed() => ControlIsMended(
        "Children[1]",
        c => new StackPanel { Children = { new Border(), c } },
        panel => panel.Children.RemoveAt(1),
        isElement: true);

    [Fact]
    [Leaks(typeof(Button), "it handles a routed event", "`-=` the handler")]
    public void A_handler_of_a_routed_event_is_removed() => OnUIThread(() =>
    {
        EventHandler<RoutedEventArgs>? handler = null;
        Leak.IsMended(
            () =>
            {
                var subscriber = new Subscriber();
                Leak.Hold(new Button()).Click += handler = subscriber.OnClick;
                return subscriber;
            },
            "PropertySystemTests.Subscriber.OnClick was added to event Click of Button and never removed: unsubscribe when the Subscriber is done.",
            () =>
            {
                Leak.Holder<Button>().Click -= handler;
                handler = null;
            });
    });

    // The suspect is the running timer, which the program can stop, and not the handler of a timer that only it has.
    [Fact]
    [Leaks(typeof(DispatcherTimer), "it handles `Tick` of a timer that runs", "`Stop()`")]
    public void A_timer_of_a_dispatcher_is_stopped() => OnUIThread(() =>
    {
        WeakReference<Ticking>? weak = null;
        Leak.IsMended(
            () =>
            {
                var ticking = new Ticking();
                weak = new WeakReference<Ticking>(ticking);
                return ticking;
            },
            "A DispatcherTimer is kept while it runs: call its Stop when the Ticking is done.",
            () =>
            {
                if (weak!.TryGetTarget(out Ticking? ticking)) ticking.Stop();
            });
    });

    [Fact]
    [Leaks(typeof(StackPanel), "a panel has it among its children", "`Children.Clear()`")]
    public void A_child_is_taken_out_of_its_panel() => OnUIThread(() => Leak.IsMended(
        () => HeldControl(c => new StackPanel { Children = { c } }),
        "An element was added to Children of StackPanel and never removed: remove it when the Border is done.",
        () => Leak.Holder<StackPanel>().Children.Clear()));

    [Fact]
    public void Nobody_can_unsubscribe_the_handler_that_an_object_of_a_library_added_itself() => OnUIThread(() =>
    {
        LifetimeReport report = LifeTimeMonitor
            .Track(() => new DashStyle { Dashes = Leak.Hold(new AvaloniaList<double> { 1 }) })
            .Check();
        Leak.LetGo();
        Assert.StartsWith("event CollectionChanged += ", report.Paths[0].Suspect?.Reference, StringComparison.Ordinal);
        Assert.Null(report.Paths[0].Advice);
    });

    [Fact]
    public void A_static_property_with_a_setter_is_the_programs() => OnUIThread(() => Leak.IsMended(
        () =>
        {
            var sink = new Sink();
            Logger.Sink = sink;
            return sink;
        },
        "A static field lives as long as the program: set it to null when the Sink is done.",
        () => Logger.Sink = null));

    // Avalonia keeps the thread that uses it first, and this thread its execution context with the test.
    private static void OnUIThread(Action test)
    {
        Exception? failure = null;
        using var done = new ManualResetEventSlim();
        s_tests.Add(() =>
        {
            try
            {
                test();
            }
#pragma warning disable CA1031 // The thread of the test throws it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                failure = e;
            }

            done.Set();
        });
        done.Wait();
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
    }

    private static BlockingCollection<Action> StartUIThread()
    {
        var tests = new BlockingCollection<Action>();
        void RunAll()
        {
            foreach (Action test in tests.GetConsumingEnumerable()) test();
        }

        var thread = new Thread(RunAll) { IsBackground = true, Name = "UI" };
        thread.UnsafeStart();
        return tests;
    }

    private static void IsMended<T>(string property, Func<object, T> hold, Action<T> let)
        where T : Control => OnUIThread(() => Assert.Equal(property, Leak.IsMended(
            () =>
            {
                object held = new();
                _ = Leak.Hold(hold(held));
                return held;
            },
            "A static field lives as long as the program, and so does every object that it leads to: let go of one of these references "
            + "when the object is done.",
            () => let(Leak.Holder<T>())).Paths[0].Steps[^1].Reference.Replace("PropertySystemTests.", "", StringComparison.Ordinal)));

    private static void ControlIsMended<T>(string property, Func<Control, T> hold, Action<T> let, bool isElement = false)
        where T : Control => OnUIThread(() => Assert.Equal(property, Leak.IsMended(
            () => HeldControl(hold),
            isElement
                ? "An element was added to Children of StackPanel and never removed: remove it when the Border is done."
                : "A static field lives as long as the program, and so does every object that it leads to: let go of one of these "
                    + "references when the Border is done.",
            () => let(Leak.Holder<T>())).Paths[0].Steps[^1].Reference));

    private static Border HeldControl(Func<Control, Control> hold)
    {
        var held = new Border();
        _ = Leak.Hold(hold(held));
        return held;
    }

    private sealed class Ticking
    {
        private readonly DispatcherTimer _timer = new() { Interval = TimeSpan.FromDays(1) };

        public Ticking()
        {
            _timer.Tick += OnTick;
            _timer.Start();
        }

        public int Ticks { get; private set; }

        public void Stop() => _timer.Stop();

        private void OnTick(object? sender, EventArgs e) => Ticks++;
    }

    private sealed class Subscriber
    {
        public void OnClick(object? sender, RoutedEventArgs e) => GC.KeepAlive(this);
    }

    private sealed class Owner : AvaloniaObject
    {
        public static readonly AttachedProperty<object?> NoteProperty =
            AvaloniaProperty.RegisterAttached<Owner, Control, object?>("Note");
    }

    private sealed class Sink : ILogSink
    {
        public bool IsEnabled(LogEventLevel level, string area) => false;

        public void Log(LogEventLevel level, string area, object? source, string messageTemplate)
        {
        }

        public void Log(LogEventLevel level, string area, object? source, string messageTemplate, params object?[] propertyValues)
        {
        }
    }
}
