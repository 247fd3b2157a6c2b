using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Avalonia;
using Avalonia.Collections;
using Avalonia.Controls;
using Avalonia.Interactivity;
using Avalonia.Logging;
using Avalonia.Media;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.Libraries.Tests;

/// <summary>A library's own property system is named by its properties. A renamed field fails here.</summary>
[Collection(Leak.Collection)]
public sealed class PropertySystemTests
{
    private static readonly BlockingCollection<Action> s_tests = StartUIThread();

    public static TheoryData<string, Func<object>> Properties => new()
    {
        { "DataContext", () => Held(o => new Border { DataContext = o }) },
        { "Tag", () => Held(o => new Border { Tag = o }) },
        { "Owner.Note", () => Held(o => { var border = new Border(); border.SetValue(Owner.NoteProperty, o); return border; }) },
        { "DataContext", () => Held(o =>
            {
                var child = new Border();
                _ = new StackPanel { Children = { child }, DataContext = o };
                return child;
            })
        },
        { "Content", () => HeldControl(c => new ContentControl { Content = c }) },
        { "Child", () => HeldControl(c => new Border { Child = c }) },
        { "Children[1]", () => HeldControl(c => new StackPanel { Children = { new Border(), c } }) },
        { "event Click += Subscriber.OnClick", () => HeldSubscriber() },
    };

    [Theory]
    [MemberData(nameof(Properties))]
    public void A_property_of_Avalonia_has_its_name(string expected, Func<object> make) => OnUIThread(() =>
    {
        LifetimeReport report = LifeTimeMonitor.Track(make).Check();
        Leak.LetGo();
        Assert.Equal(expected, report.Paths[0].Steps[^1].Reference.Replace("PropertySystemTests.", "", StringComparison.Ordinal));
    });

    [Fact]
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

    private static object Held(Func<object, Control> hold)
    {
        object held = new();
        _ = Leak.Hold(hold(held));
        return held;
    }

    private static Border HeldControl(Func<Control, Control> hold)
    {
        var held = new Border();
        _ = Leak.Hold(hold(held));
        return held;
    }

    private static Subscriber HeldSubscriber()
    {
        var subscriber = new Subscriber();
        var button = new Button();
        button.Click += subscriber.OnClick;
        _ = Leak.Hold(button);
        return subscriber;
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
