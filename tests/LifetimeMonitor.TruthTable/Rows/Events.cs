using System.Collections.ObjectModel;
using System.ComponentModel;

namespace LifetimeMonitor.TruthTable.Rows;

internal static class Events
{
    private static readonly Publisher s_publisher = new();
    private static readonly ObservableCollection<int> s_collection = [];

#pragma warning disable CS0067 // Nobody needs to raise them.
    private static event EventHandler? Happened;

    public static Row[] Rows => [Static, OfAnInstance, OneOfThree, PropertyChanged, CollectionChanged, WithAccessors, Lambda];

    private static Row Static => Row.Of(
        "static event",
        leaked => Happened += leaked.OnHappened,
        leaked => Happened -= leaked.OnHappened);

    private static Row OfAnInstance => Row.Of(
        "event of an instance that a static field holds",
        leaked => s_publisher.Happened += leaked.OnHappened,
        leaked => s_publisher.Happened -= leaked.OnHappened);

    private static Row OneOfThree => Row.Of(
        "event with three subscribers, the middle one leaks",
        leaked =>
        {
            s_publisher.Clear();
            s_publisher.Happened += new Leaked().OnHappened;
            s_publisher.Happened += leaked.OnHappened;
            s_publisher.Happened += new Leaked().OnHappened;
        },
        leaked => s_publisher.Happened -= leaked.OnHappened);

    private static Row PropertyChanged => Row.Of(
        "PropertyChanged",
        leaked => s_publisher.PropertyChanged += leaked.OnHappened,
        leaked => s_publisher.PropertyChanged -= leaked.OnHappened);

    private static Row CollectionChanged => Row.Of(
        "CollectionChanged",
        leaked => s_collection.CollectionChanged += leaked.OnHappened,
        leaked => s_collection.CollectionChanged -= leaked.OnHappened);

    private static Row WithAccessors => Row.Of(
        "event whose accessors are written by hand",
        leaked => s_publisher.Closed += leaked.OnHappened,
        leaked => s_publisher.Closed -= leaked.OnHappened);

    private static Row Lambda => Row.Of(
        "event with a lambda for a subscriber",
        leaked =>
        {
            s_publisher.Clear();
            s_publisher.Happened += (_, _) => leaked.Touch();
        },
        _ => s_publisher.Clear());

    private sealed class Publisher : INotifyPropertyChanged
    {
        private EventHandler? _closed;

        public event EventHandler? Happened;

        public event PropertyChangedEventHandler? PropertyChanged;

        public event EventHandler? Closed
        {
            add => _closed += value;
            remove => _closed -= value;
        }

        public void Clear() => Happened = null;
    }
}
