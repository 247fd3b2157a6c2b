namespace LifetimeMonitor.TruthTable.Rows;

internal static class Statics
{
    private static object? s_field;
    private static Outer s_struct;
    private static readonly Suite s_suite = new();

    private static object? Property { get; set; }

    public static Row[] Rows => [Field, AutoProperty, Generic, StructField, TestClassField];

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

    private static Row TestClassField => Row.Of(
        "field of a test class instance",
        leaked => s_suite.Subject = leaked,
        _ => s_suite.Subject = null);

    private static class Cache<T>
    {
        public static object? Last;
    }

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
