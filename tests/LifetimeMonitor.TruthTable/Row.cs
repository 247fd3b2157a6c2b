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

    /// <summary>A new <see cref="Leaked"/> that something takes hold of and can let go of.</summary>
    public static Row Of(string name, Action<Leaked> hold, Action<Leaked> mend, [CallerMemberName] string member = "", [CallerFilePath] string file = "") =>
        Make(name, () => new Leaked(), hold, mend, null, CodeOf(file, member));

    /// <summary>An object that is held from the moment it is made.</summary>
    public static Row Made<T>(string name, Func<T> leak, Action<T> mend, LifetimeOptions? options = null, [CallerMemberName] string member = "", [CallerFilePath] string file = "")
        where T : class => Make(name, leak, _ => { }, mend, options, CodeOf(file, member));

    /// <summary>A leak that exists only while its own code runs, which therefore makes the check itself.</summary>
    public static Row Running(string name, Func<LifetimeReport> leak, Func<LifetimeReport> mended, [CallerMemberName] string member = "", [CallerFilePath] string file = "") =>
        new(name, CodeOf(file, member), leak, mended);

    /// <summary>Checks until the machine is quiet enough for a stack to be exact: a thread that has just been woken is not.</summary>
    public static LifetimeReport CheckUntilExact(LifeTimeMonitor monitor)
    {
        LifetimeReport report = monitor.Check();
        for (int i = 1; i < MaxChecks && report.Search.Certainty == PathCertainty.Partial; i++) report = monitor.Check();
        return report;
    }

    private static Row Make<T>(string name, Func<T> create, Action<T> hold, Action<T> mend, LifetimeOptions? options, string code)
        where T : class => new(
            name,
            code,
            Leak: () =>
            {
                // What mends the leak also cleans up after it. Nothing here may hold the object meanwhile.
                var made = new WeakReference<T>(null!, trackResurrection: true);
                LifeTimeMonitor monitor = LifeTimeMonitor.Track(create, use: target =>
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
            Mended: () => LifeTimeMonitor.Track(create, use: target =>
            {
                hold(target);
                mend(target);
            }).Check(options));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Mend<T>(WeakReference<T> made, Action<T> mend)
        where T : class
    {
        if (made.TryGetTarget(out T? target)) mend(target);
    }

    // The path is that of the machine that compiled, which may be another system's.
    private static string CodeOf(string file, string member) =>
        $"{Path.GetFileNameWithoutExtension(file[(file.LastIndexOfAny(['/', '\\']) + 1)..])}.{member}";
}
