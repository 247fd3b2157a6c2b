using System.Runtime.CompilerServices;

namespace LifetimeMonitor.TruthTable;

/// <summary>One way to leak, and the same with the leak mended.</summary>
/// <param name="Name">The row, as a sentence.</param>
/// <param name="Code">The class and member that make the leak.</param>
/// <param name="Leak">Leaks, checks, and cleans up.</param>
/// <param name="Mended">The same with the leak mended; the object must be dead.</param>
internal sealed record Row(string Name, string Code, Func<LifetimeReport> Leak, Func<LifetimeReport> Mended)
{
    private const int MaxChecks = 20;

    /// <summary>Before this version of .NET less is said of it than the approved text has, which is not compared there.</summary>
    public int TextSince { get; init; }

    /// <summary>A new <see cref="Leaked"/> that something takes hold of and can let go of.</summary>
    public static Row Of(
        string name,
        Action<Leaked> hold,
        Action<Leaked> mend,
        [CallerArgumentExpression(nameof(hold))] string? expression = null,
        [CallerMemberName] string member = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0) => Make(name, () => new Leaked(), hold, mend, new Place(expression, member, file, line));

    /// <summary>An object that is held from the moment it is made.</summary>
    public static Row Made<T>(
        string name,
        Func<T> leak,
        Action<T> mend,
        LifetimeOptions? options = null,
        [CallerArgumentExpression(nameof(leak))] string? expression = null,
        [CallerMemberName] string member = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
        where T : class => Make(name, leak, _ => { }, mend, new Place(expression, member, file, line), options);

    /// <summary>A leak that exists only while its own code runs, which therefore makes the check itself.</summary>
    public static Row Running(string name, Func<LifetimeReport> leak, Func<LifetimeReport> mended, [CallerMemberName] string member = "", [CallerFilePath] string file = "") =>
        new(name, new Place(null, member, file, 0).Code, leak, mended);

    /// <summary>Checks until the machine is quiet enough for a stack to be exact: a thread that has just been woken is not.</summary>
    public static LifetimeReport CheckUntilExact(LifeTimeMonitor monitor)
    {
        LifetimeReport report = monitor.Check();
        for (int i = 1; i < MaxChecks && report.Certainty == PathCertainty.Partial; i++) report = monitor.Check();
        return report;
    }

    private static Row Make<T>(string name, Func<T> create, Action<T> hold, Action<T> mend, Place place, LifetimeOptions? options = null)
        where T : class => new(
            name,
            place.Code,
            Leak: () =>
            {
                // What mends the leak also cleans up after it. Nothing here may hold the object meanwhile.
                var made = new WeakReference<T>(null!, trackResurrection: true);
                LifeTimeMonitor monitor = place.Track(create, use: target =>
                {
                    made.SetTarget(target);
                    hold(target);
                });
                try
                {
                    return monitor.Check(options);
                }
                finally
                {
                    Mend(made, mend);
                }
            },
            Mended: () => place.Track(create, use: target =>
            {
                hold(target);
                mend(target);
            }).Check());

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Mend<T>(WeakReference<T> made, Action<T> mend)
        where T : class
    {
        if (made.TryGetTarget(out T? target)) mend(target);
    }

    /// <summary>The code of a row, which its reports name instead of this file.</summary>
    private sealed record Place(string? Expression, string Member, string File, int Line)
    {
        // The path is that of the machine that compiled, which may be another system's.
        public string Code => $"{Path.GetFileNameWithoutExtension(File[(File.LastIndexOfAny(['/', '\\']) + 1)..])}.{Member}";

        public LifeTimeMonitor Track<T>(Func<T> create, Action<T> use)
            where T : class => LifeTimeMonitor.Track(create, use, Expression, Member, File, Line);
    }
}
