namespace LifetimeMonitor.TruthTable.Rows;

internal static class Members
{
    private static object? s_holder;

    public static Row[] Rows => [AutoProperty, RecordProperty, StructProperty, StructInStruct, TupleElement, ValueTupleField, LazyValue];

    private static Row AutoProperty => Held("auto-property", leaked => new Owner { Child = leaked });

    private static Row RecordProperty => Held("property of a record", leaked => new Order(17, leaked));

    private static Row StructProperty => Held("auto-property of a struct", leaked => new PositionHolder { Position = new Position { Place = leaked } });

    private static Row StructInStruct => Held("struct in a struct", leaked => new Frame { Outer = new Outer { Inner = new Inner { Value = leaked } } });

    private static Row TupleElement => Held("Tuple element", leaked => Tuple.Create("key", leaked));

    private static Row ValueTupleField => Held("ValueTuple field", leaked => new Pair { Entry = ("key", leaked) });

    private static Row LazyValue => Held("Lazy", leaked =>
    {
        var lazy = new Lazy<Leaked>(() => leaked);
        _ = lazy.Value;
        return lazy;
    });

    private static Row Held(string name, Func<Leaked, object> wrap, [System.Runtime.CompilerServices.CallerMemberName] string member = "") =>
        Row.Of(name, leaked => s_holder = wrap(leaked), _ => s_holder = null, member: member);

    private sealed class Owner
    {
        public object? Child { get; init; }
    }

    private sealed record Order(int Number, Leaked Item);

    private struct Position
    {
        public object? Place { get; set; }
    }

    private sealed class PositionHolder
    {
        public Position Position;
    }

    private sealed class Frame
    {
        public Outer Outer;
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

    private sealed class Pair
    {
        public (string Key, Leaked Value) Entry;
    }
}
