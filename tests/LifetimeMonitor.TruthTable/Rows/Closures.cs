namespace LifetimeMonitor.TruthTable.Rows;

internal static class Closures
{
    private static Action? s_action;
    private static int s_sum;

    public static Row[] Rows => [OverLocal, OverParameter, OverThis, OverThisAndLocal, Nested, LocalFunction];

    private static Row OverLocal => Row.Made("closure over a local", CaptureLocal, _ => s_action = null);

    private static Row OverParameter => Row.Of("closure over a parameter", leaked => s_action = () => leaked.Touch(), _ => s_action = null);

    private static Row OverThis => Row.Made("closure over this", () => new Subscriber().CaptureThis(), _ => s_action = null);

    private static Row OverThisAndLocal => Row.Made("closure over this and a local", () => new Subscriber().CaptureBoth(), _ => s_action = null);

    private static Row Nested => Row.Made("nested closures", CaptureTwoScopes, _ => s_action = null);

    private static Row LocalFunction => Row.Made("local function that captures", CaptureByLocalFunction, _ => s_action = null);

    private static Leaked CaptureLocal()
    {
        var leaked = new Leaked();
        s_action = () => leaked.Touch();
        return leaked;
    }

    private static Leaked CaptureTwoScopes()
    {
        var leaked = new Leaked();
        foreach (int number in (int[])[17])
        {
            s_action = () =>
            {
                leaked.Touch();
                s_sum += number;
            };
        }

        return leaked;
    }

    private static Leaked CaptureByLocalFunction()
    {
        var leaked = new Leaked();
        s_action = Touch;
        return leaked;

        void Touch() => leaked.Touch();
    }

    private sealed class Subscriber
    {
        private int _count;

        public Subscriber CaptureThis()
        {
            s_action = () => _count++;
            return this;
        }

        public Subscriber CaptureBoth()
        {
            int step = 17;
            s_action = () => _count += step;
            return this;
        }
    }
}
