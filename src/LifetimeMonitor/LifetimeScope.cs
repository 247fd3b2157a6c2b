using System.Runtime.CompilerServices;
using LifetimeMonitor.Diagnosis;

namespace LifetimeMonitor;

/// <summary>
/// Watches all objects tracked while it is open, and asserts at its end that they are dead: those given to <see cref="Track"/>,
/// and those of every <see cref="LifeTimeMonitor"/> that was made meanwhile and was never asked itself. It is
/// <see cref="Current"/> for the code it surrounds, also across <c>await</c>, <c>Task.Run</c> and new threads.
/// All survivors are diagnosed on one snapshot. Thread-safe.
/// </summary>
public sealed class LifetimeScope : IDisposable, IAsyncDisposable
{
    private static readonly AsyncLocal<LifetimeScope?> s_current = new();
    private readonly Gate _gate = new();
    private readonly List<LifeTimeMonitor> _monitors = [];
    private readonly LifetimeScope? _outer;
    private readonly LifetimeOptions? _options;
    private int _released;
    private bool _isClosed;
    private InstanceWatch? _instances;

    /// <summary>Opens a scope and makes it <see cref="Current"/>.</summary>
    /// <param name="options">How to check at the end; null for <see cref="LifetimeOptions.Default"/> at that time.</param>
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

    /// <summary>Knows the scope of the running test where what is ambient does not flow through a test framework; set once, by its adapter.</summary>
    internal static Func<LifetimeScope?>? OfFramework { get; set; }

    /// <summary>How many objects were tracked so far, counting those whose monitors were asked by the test itself.</summary>
    public int TrackedCount
    {
        get
        {
            using (_gate.Enter()) return _released + _monitors.Count;
        }
    }

    /// <summary>Watches an object: it must be dead when the scope ends.</summary>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="target">The object.</param>
    /// <param name="expression">Filled in by the compiler.</param>
    /// <param name="member">Filled in by the compiler.</param>
    /// <param name="filePath">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns><paramref name="target"/> itself.</returns>
    /// <exception cref="ArgumentException">It is null or its lifetime means nothing.</exception>
    /// <exception cref="ObjectDisposedException">The scope has ended.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public T Track<T>(
        T target,
        [CallerArgumentExpression(nameof(target))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? filePath = null,
        [CallerLineNumber] int line = 0)
        where T : class
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        var monitor = new LifeTimeMonitor(target, expression, member, filePath, line);
        if (Current != this) Adopt(monitor);
        return target;
    }

    /// <summary>Throws when nothing was tracked in the scope.</summary>
    /// <exception cref="NothingTrackedException">Nothing was.</exception>
    public void AssertAnyTracked()
    {
        if (TrackedCount == 0) throw new NothingTrackedException();
    }

    /// <summary>Collects until all tracked objects are dead, and throws when some are not. They are let go of either way: one leak fails one check.</summary>
    /// <param name="options">How to check; null for the options of the scope.</param>
    /// <exception cref="ObjectNotDeadException">Some are alive; the message shows who holds them.</exception>
    /// <exception cref="InvalidOperationException">A no-GC region is active: collecting would end it.</exception>
    public void AssertAllDead(LifetimeOptions? options = null) =>
        LifetimeCheck.RequireDead(LifetimeCheck.Run(Release(), Choose(options)));

    /// <summary>As <see cref="AssertAllDead"/>; yields when that is not enough at once, and gives the objects a moment (<see cref="LifetimeOptions.Patience"/>).</summary>
    /// <param name="options">How to check; null for the options of the scope.</param>
    /// <param name="cancellationToken">Ends the check without a verdict.</param>
    /// <returns>A task that ends when all objects are known to be dead.</returns>
    /// <exception cref="ObjectNotDeadException">Some are alive; the message shows who holds them.</exception>
    /// <exception cref="InvalidOperationException">A no-GC region is active: collecting would end it.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task AssertAllDeadAsync(LifetimeOptions? options = null, CancellationToken cancellationToken = default) =>
        LifetimeCheck.RequireDeadAsync(Release(), Choose(options), cancellationToken);

    /// <summary>
    /// Ends the scope and asserts that all tracked objects are dead. In a <c>using</c> whose body threw, the body's exception
    /// would be lost to this one's: where that matters, call <see cref="AssertAllDead"/> as the last statement instead.
    /// </summary>
    /// <exception cref="ObjectNotDeadException">Some are alive; the message shows who holds them.</exception>
    public void Dispose()
    {
        if (Close()) AssertAllDead();
    }

    /// <summary>As <see cref="Dispose"/>, asynchronously.</summary>
    /// <returns>A task that ends when all objects are known to be dead.</returns>
    /// <exception cref="ObjectNotDeadException">Some are alive; the message shows who holds them.</exception>
    public ValueTask DisposeAsync() => Close() ? new ValueTask(AssertAllDeadAsync()) : default;

    /// <summary>Opens a scope that only <see cref="OfFramework"/> can make <see cref="Current"/>.</summary>
    internal static LifetimeScope OpenDetached() => new();

    /// <summary>From now on instances of these types count as tracked once <see cref="TrackNewInstances"/> finds them.</summary>
    /// <exception cref="ArgumentException">A type whose instances have no lifetime of their own.</exception>
    internal void WatchInstancesOf(IReadOnlyList<Type> types, LifetimeOptions options) => _instances = new InstanceWatch(types, options);

    /// <summary>Tracks the instances of the watched types that are new and alive; brings why it could not be told which those are, or null.</summary>
    internal string? TrackNewInstances()
    {
        if (_instances is null) return null;
        LifeTimeMonitor[] monitors;
        using (_gate.Enter()) monitors = [.. _monitors];
        (IReadOnlyList<LifeTimeMonitor> found, string? unknown) = _instances.FindNew(monitors.Select(m => m.WeakTarget));
        foreach (LifeTimeMonitor monitor in found) Adopt(monitor);
        _instances = null;
        return unknown;
    }

    internal void Adopt(LifeTimeMonitor monitor)
    {
        using (_gate.Enter()) _monitors.Add(monitor);
    }

    /// <summary>Ends the scope without a check; false when it had ended.</summary>
    internal bool Close()
    {
        using (_gate.Enter())
        {
            if (_isClosed) return false;
            _isClosed = true;
        }

        if (s_current.Value == this) s_current.Value = _outer;
        return true;
    }

    private LifetimeOptions Choose(LifetimeOptions? options) => options ?? _options ?? LifetimeOptions.Default;

    private LifeTimeMonitor[] Release()
    {
        using (_gate.Enter())
        {
            LifeTimeMonitor[] monitors = [.. _monitors.Where(m => !m.WasAsked)];
            _released += _monitors.Count;
            _monitors.Clear();
            return monitors;
        }
    }
}
