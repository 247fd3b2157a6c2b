using System.Runtime.CompilerServices;
using LifetimeMonitoring.Diagnosis;

namespace LifetimeMonitoring;

/// <summary>
/// Watches all objects that are tracked while it is open, and asserts at its end that they are dead: those given to
/// <see cref="Track"/> and <see cref="Watch"/>, and those of every <see cref="LifeTimeMonitor"/> made meanwhile that
/// did not itself pass <see cref="LifeTimeMonitor.AssertDead"/>. It is <see cref="Current"/> for the code it
/// surrounds, also across <c>await</c>, <c>Task.Run</c> and new threads. Each monitor belongs to one scope, the
/// innermost. All survivors are diagnosed on one snapshot. Thread-safe.
/// </summary>
public sealed partial class LifetimeScope : IDisposable, IAsyncDisposable
{
    private static readonly AsyncLocal<LifetimeScope?> s_current = new();
    private readonly Gate _gate = new();
    private readonly List<MonitoredObject> _objects = [];
    private readonly LifetimeScope? _outer;
    private readonly LifetimeOptions? _options;
    private int _released;
    private bool _isClosed;
    private InstanceWatch? _instances;

    /// <summary>Opens a scope and makes it <see cref="Current"/>.</summary>
    /// <param name="options">
    /// How to check at the end; null for <see cref="LifetimeOptions.Default"/> at that time.
    /// </param>
    public LifetimeScope(LifetimeOptions? options = null)
    {
        _options = options;
        _outer = Current;
        s_current.Value = this;
    }

    private LifetimeScope()
    {
    }

    /// <summary>The innermost open scope around the running code, or null.</summary>
    public static LifetimeScope? Current
    {
        get
        {
            LifetimeScope? scope = s_current.Value;
            while (scope is { _isClosed: true }) scope = scope._outer;
            return scope ?? OfFramework?.Invoke();
        }
    }

    /// <summary>
    /// Knows the scope of the running test where an ambient value does not flow through a test framework; set once,
    /// by its adapter.
    /// </summary>
    internal static Func<LifetimeScope?>? OfFramework { get; set; }

    /// <summary>The number of objects tracked so far, including those whose monitors passed.</summary>
    public int TrackedCount
    {
        get
        {
            using (_gate.Enter()) return _released + _objects.Count;
        }
    }

    /// <summary>
    /// Watches an object in the scope that is open here: the object must be dead when the scope ends.
    /// </summary>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="target">The object.</param>
    /// <param name="expression">Filled in by the compiler.</param>
    /// <param name="member">Filled in by the compiler.</param>
    /// <param name="filePath">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns><paramref name="target"/> itself.</returns>
    /// <exception cref="ArgumentException">The object is null, or its lifetime proves nothing.</exception>
    /// <exception cref="InvalidOperationException">No scope is open here.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static T Track<T>(
        T target,
        [CallerArgumentExpression(nameof(target))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? filePath = null,
        [CallerLineNumber] int line = 0)
        where T : class
    {
        LifetimeScope scope = Current ?? throw new InvalidOperationException(
            "No scope is open here, so nothing would check this object. "
            + "Put [MustBeCollected] on the test, or write `using var scope = new LifetimeScope();` before this line.");
        return scope.Watch(target, expression, member, filePath, line);
    }

    /// <summary>
    /// Watches an object in this scope alone, whichever scope is the current one: the object must be dead when this
    /// scope ends.
    /// </summary>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="target">The object.</param>
    /// <param name="expression">Filled in by the compiler.</param>
    /// <param name="member">Filled in by the compiler.</param>
    /// <param name="filePath">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns><paramref name="target"/> itself.</returns>
    /// <exception cref="ArgumentException">The object is null, or its lifetime proves nothing.</exception>
    /// <exception cref="ObjectDisposedException">The scope has ended.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public T Watch<T>(
        T target,
        [CallerArgumentExpression(nameof(target))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? filePath = null,
        [CallerLineNumber] int line = 0)
        where T : class
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        LifeTimeMonitor.Watch(this, target, expression, member, filePath, line);
        return target;
    }

    /// <summary>Throws when nothing was tracked in the scope.</summary>
    /// <exception cref="NothingTrackedException">Nothing was tracked.</exception>
    public void AssertAnyTracked()
    {
        if (TrackedCount == 0) throw new NothingTrackedException();
    }

    /// <summary>
    /// Collects until all tracked objects are dead, and throws when some are alive. The scope lets go of them either
    /// way, so that one leak fails one check.
    /// </summary>
    /// <param name="options">How to check; null for the options of the scope.</param>
    /// <exception cref="ObjectNotDeadException">Some are alive; the message shows the paths that hold them.</exception>
    /// <exception cref="InvalidOperationException">A no-GC region is active: collecting would end it.</exception>
    public void AssertAllDead(LifetimeOptions? options = null) =>
        LifetimeCheck.RequireDead(Release(), Choose(options));

    /// <summary>
    /// As <see cref="AssertAllDead"/>. Yields when an object is alive, and then retries for
    /// <see cref="LifetimeOptions.Patience"/>.
    /// </summary>
    /// <param name="options">How to check; null for the options of the scope.</param>
    /// <param name="cancellationToken">Ends the check without a verdict.</param>
    /// <returns>A task that ends when all objects are known to be dead.</returns>
    /// <exception cref="ObjectNotDeadException">Some are alive; the message shows the paths that hold them.</exception>
    /// <exception cref="InvalidOperationException">A no-GC region is active: collecting would end it.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task AssertAllDeadAsync(LifetimeOptions? options = null, CancellationToken cancellationToken = default) =>
        LifetimeCheck.RequireDeadAsync(Release(), Choose(options), cancellationToken);

    /// <summary>
    /// As <see cref="AssertAllDead"/>, without throwing, and without letting go of the objects: the end of the scope
    /// asks again.
    /// </summary>
    /// <param name="options">How to check; null for the options of the scope.</param>
    /// <returns>
    /// A report for each object whose monitor has not passed, in the order in which they were tracked.
    /// </returns>
    /// <exception cref="InvalidOperationException">A no-GC region is active: collecting would end it.</exception>
    public IReadOnlyList<LifetimeReport> CheckAll(LifetimeOptions? options = null) => LifetimeCheck.Run(Unproven(), Choose(options));

    /// <summary>
    /// As <see cref="CheckAll"/>. Yields when an object is alive, and then retries for
    /// <see cref="LifetimeOptions.Patience"/>.
    /// </summary>
    /// <param name="options">How to check; null for the options of the scope.</param>
    /// <param name="cancellationToken">Ends the check without a verdict.</param>
    /// <returns>
    /// A report for each object whose monitor has not passed, in the order in which they were tracked.
    /// </returns>
    /// <exception cref="InvalidOperationException">A no-GC region is active: collecting would end it.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<IReadOnlyList<LifetimeReport>> CheckAllAsync(
        LifetimeOptions? options = null, CancellationToken cancellationToken = default) =>
        LifetimeCheck.RunAsync(Unproven(), Choose(options), static reports => reports, cancellationToken);

    /// <summary>
    /// Ends the scope and asserts that all tracked objects are dead. C# loses the exception of a <c>using</c> body
    /// when its <c>Dispose</c> throws. <see cref="Run"/> keeps both.
    /// </summary>
    /// <exception cref="ObjectNotDeadException">Some are alive; the message shows the paths that hold them.</exception>
    public void Dispose()
    {
        if (Close()) AssertAllDead();
    }

    /// <summary>As <see cref="Dispose"/>, asynchronously.</summary>
    /// <returns>A task that ends when all objects are known to be dead.</returns>
    /// <exception cref="ObjectNotDeadException">Some are alive; the message shows the paths that hold them.</exception>
    public ValueTask DisposeAsync() => Close() ? new ValueTask(AssertAllDeadAsync()) : default;
}
