namespace LifetimeMonitor.TruthTable.Rows;

internal static class Statics
{
    private static object? s_field;
    private static Outer s_struct;
    private static readonly Publisher s_publisher = new();
    private static readonly Suite s_suite = new();

#pragma warning disable CS0067 // Nobody needs to raise it.
    private static event EventHandler? Happened;

    private static object? Property { get; set; }

    public static Row[] Rows => [Field, AutoProperty, Generic, StructField, StaticEvent, InstanceEvent, TestClassField];

    private static Row Field => Row.Of("static field", leaked => s_field = leaked, _ => s_field = null);

    private static Row AutoProperty => Row.Of("static auto-property", leaked => Property = leaked, _ => Property = null);

    private static Row Generic => Row.Of(
        "static field of a generic type",
        leaked => Cache<string>.Last = leaked,
        _ => Cache<string>.Last = null);

    private static Row StructField => Row.Of(
        "struct in a struct in a static field",
        leaked => s_struct.Inner.Value = leaked,
        _ => s_struct = default);

    private static Row StaticEvent => Row.Of(
        "static event",
        leaked => Happened += leaked.OnHappened,
        leaked => Happened -= leaked.OnHappened);

    private static Row InstanceEvent => Row.Of(
        "event of an instance that a static field holds",
        leaked => s_publisher.Happened += leaked.OnHappened,
        leaked => s_publisher.Happened -= leaked.OnHappened);

    private static Row TestClassField => Row.Of(
        "field of a test class instance",
        leaked => s_suite.Subject = leaked,
        _ => s_suite.Subject = null);

    private static class Cache<T>
    {
        public static object? Last;
    }

    private sealed class Publisher
    {
        public event EventHandler? Happened;
    }
#pragma warning restore CS0067

    private sealed class Suite
    {
        public object? Subject;
    }

    private struct Outer
    {
        public long Before;
        public Inner Inner;
    }

    private struct Inner
    {
        public int Before;
        public object? Value;
    }
}
