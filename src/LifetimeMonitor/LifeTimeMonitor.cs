using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using LifetimeMonitor.Collecting;
using LifetimeMonitor.Diagnosis;

namespace LifetimeMonitor;

/// <summary>
/// Watches one object without holding it, and tells whether it died; a failing <see cref="AssertDead"/> says who holds it.
/// <code>
/// var monitor = LifeTimeMonitor.Track(() => new Dialog(owner), use: d => d.Close());
/// monitor.AssertDead();
/// </code>
/// Thread-safe. Costs two weak handles, which are freed with the monitor.
/// </summary>
public sealed class LifeTimeMonitor
{
    private readonly WeakTarget _target;
    private readonly string _typeName;
    private readonly string? _expression, _member, _filePath;
    private readonly int _line;

    /// <summary>
    /// Watches an object that the caller holds. The caller's own local variable keeps it alive in unoptimized code, to the end
    /// of the method and even when it is set to null: prefer <see cref="Track"/>, or make the object in another method.
    /// </summary>
    /// <param name="target">The object.</param>
    /// <param name="expression">Filled in by the compiler.</param>
    /// <param name="member">Filled in by the compiler.</param>
    /// <param name="filePath">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <exception cref="ArgumentNullException"><paramref name="target"/> is null.</exception>
    /// <exception cref="ArgumentException">Its lifetime means nothing: a boxed value, or an object that can never be collected.</exception>
    public LifeTimeMonitor(
        object target,
        [CallerArgumentExpression(nameof(target))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? filePath = null,
        [CallerLineNumber] int line = 0)
    {
        Trackable.Require(target, nameof(target));
        _target = new WeakTarget(target);
        _typeName = Naming.TypeNames.Of(target.GetType());
        IsLoadContext = target is AssemblyLoadContext;
        (_expression, _member, _filePath, _line) = (expression, member, filePath, line);
        LifetimeScope.Current?.Adopt(this);
    }

    private LifeTimeMonitor(object instance)
    {
        _target = new WeakTarget(instance);
        _typeName = Naming.TypeNames.Of(instance.GetType());
        IsLoadContext = instance is AssemblyLoadContext;
    }

    /// <summary>Whether the object has not been collected yet. Collects nothing, and never brings the object back to the stack.</summary>
    public bool IsAlive => _target.IsAlive(trackResurrection: false);

    /// <summary>What is watched, and where it was tracked.</summary>
    public TrackedObject Target => new(_typeName, _expression, _member, _filePath, _line);

    /// <summary>A check or an assertion was made on this monitor, so that no scope has to make one.</summary>
    internal bool WasAsked { get; private set; }

    internal WeakTarget WeakTarget => _target;

    /// <summary>An assembly load context dies in more steps than other objects.</summary>
    internal bool IsLoadContext { get; }

    /// <summary>Watches an object that nobody tracked, and tells no scope.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static LifeTimeMonitor OfInstance(object instance) => new(instance);

    /// <summary>Makes an object and watches it. The object never enters the caller's frame, so the verdict is the same in Debug and in Release.</summary>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="create">Makes the object.</param>
    /// <param name="use">Does with it what the test is about, such as closing it; null for nothing.</param>
    /// <param name="expression">Filled in by the compiler.</param>
    /// <param name="member">Filled in by the compiler.</param>
    /// <param name="filePath">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The monitor of the object.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="create"/> is null.</exception>
    /// <exception cref="ArgumentException">What was made is null, a task, or has a lifetime that means nothing; or <paramref name="use"/> is <c>async</c>.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static LifeTimeMonitor Track<T>(
        Func<T> create,
        Action<T>? use = null,
        [CallerArgumentExpression(nameof(create))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? filePath = null,
        [CallerLineNumber] int line = 0)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(create);
        Trackable.RequireSynchronous(use, nameof(use));
        T target = create();
        Trackable.RequireMade(target, nameof(create));
        var monitor = new LifeTimeMonitor(target, expression, member, filePath, line);
        use?.Invoke(target);
        return monitor;
    }

    /// <summary>Makes an object asynchronously and watches it.</summary>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="create">Makes the object.</param>
    /// <param name="use">Does with it what the test is about; null for nothing.</param>
    /// <param name="expression">Filled in by the compiler.</param>
    /// <param name="member">Filled in by the compiler.</param>
    /// <param name="filePath">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The monitor of the object, when its use is over.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="create"/> is null.</exception>
    /// <exception cref="ArgumentException">What was made is null, or has a lifetime that means nothing.</exception>
    public static Task<LifeTimeMonitor> TrackAsync<T>(
        Func<Task<T>> create,
        Func<T, Task>? use = null,
        [CallerArgumentExpression(nameof(create))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? filePath = null,
        [CallerLineNumber] int line = 0)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(create);
        return Unwound(MakeAndUse());

        async Task<LifeTimeMonitor> MakeAndUse()
        {
            T target = await create().ConfigureAwait(true);
            Trackable.RequireMade(target, nameof(create));
            var monitor = new LifeTimeMonitor(target, expression, member, filePath, line);
            if (use is not null) await use(target).ConfigureAwait(true);
            return monitor;
        }

        // What completes a task goes on beneath whoever awaits it: let go of its stack, which may still hold the object.
        static async Task<LifeTimeMonitor> Unwound(Task<LifeTimeMonitor> made)
        {
            LifeTimeMonitor monitor = await made.ConfigureAwait(true);
            await Task.Yield();
            return monitor;
        }
    }

    /// <summary>
    /// Makes a collectible load context, uses it, unloads it, and throws when it does not go away. Neither the context nor what was
    /// loaded enters the caller's frame. Costs up to ten rounds of collecting, because a context dies in steps.
    /// </summary>
    /// <param name="create">Makes the context, with <c>isCollectible: true</c>.</param>
    /// <param name="use">Loads and runs what the test is about; null for nothing.</param>
    /// <param name="options">How to check; null for <see cref="LifetimeOptions.Default"/>.</param>
    /// <param name="expression">Filled in by the compiler.</param>
    /// <param name="member">Filled in by the compiler.</param>
    /// <param name="filePath">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <exception cref="ObjectNotDeadException">It is still loaded; the message shows which object, static or thread keeps it.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="create"/> is null.</exception>
    /// <exception cref="ArgumentException">What was made is null, or is not collectible; or <paramref name="use"/> is <c>async</c>.</exception>
    /// <exception cref="InvalidOperationException">A no-GC region is active: collecting would end it.</exception>
    public static void AssertUnloaded(
        Func<AssemblyLoadContext> create,
        Action<AssemblyLoadContext>? use = null,
        LifetimeOptions? options = null,
        [CallerArgumentExpression(nameof(create))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? filePath = null,
        [CallerLineNumber] int line = 0)
    {
        Trackable.RequireSynchronous(use, nameof(use));
        Track(
            create,
            context =>
            {
                use?.Invoke(context);
                context.Unload();
            },
            expression,
            member,
            filePath,
            line).AssertDead(options);
    }

    /// <summary>
    /// Collects until the object is dead, and throws when it is not. Costs a collection of the object's own generation when it
    /// is dead; three collections and a snapshot of the process when it is not.
    /// </summary>
    /// <param name="options">How to check; null for <see cref="LifetimeOptions.Default"/>.</param>
    /// <exception cref="ObjectNotDeadException">It is alive; the message shows who holds it.</exception>
    /// <exception cref="InvalidOperationException">A no-GC region is active: collecting would end it.</exception>
    public void AssertDead(LifetimeOptions? options = null)
    {
        WasAsked = true;
        LifetimeCheck.RequireDead(this, options ?? LifetimeOptions.Default);
    }

    /// <summary>Collects until the object is dead, and throws when it is not. Yields when it is not dead at once, so that the stack of finished asynchronous work is gone, and gives the object a moment (<see cref="LifetimeOptions.Patience"/>).</summary>
    /// <param name="options">How to check; null for <see cref="LifetimeOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the check without a verdict.</param>
    /// <returns>A task that ends when the object is known to be dead.</returns>
    /// <exception cref="ObjectNotDeadException">It is alive; the message shows who holds it.</exception>
    /// <exception cref="InvalidOperationException">A no-GC region is active: collecting would end it.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task AssertDeadAsync(LifetimeOptions? options = null, CancellationToken cancellationToken = default)
    {
        WasAsked = true;
        return LifetimeCheck.RequireDeadAsync(this, options ?? LifetimeOptions.Default, cancellationToken);
    }

    /// <summary>Collects once, fully, and throws when the object is dead then. For the half of a test that proves that something does hold it.</summary>
    /// <exception cref="ObjectNotAliveException">It is dead.</exception>
    /// <exception cref="InvalidOperationException">A no-GC region is active: collecting would end it.</exception>
    public void AssertAlive()
    {
        WasAsked = true;
        LifetimeCheck.RequireAlive(this);
    }

    /// <summary>As <see cref="AssertDead"/>, without throwing: collects until the object is dead, and reports.</summary>
    /// <param name="options">How to check; null for <see cref="LifetimeOptions.Default"/>.</param>
    /// <returns>The verdict, and what holds the object when it is alive.</returns>
    /// <exception cref="InvalidOperationException">A no-GC region is active: collecting would end it.</exception>
    public LifetimeReport Check(LifetimeOptions? options = null)
    {
        WasAsked = true;
        return LifetimeCheck.Run([this], options ?? LifetimeOptions.Default)[0];
    }

    /// <summary>As <see cref="AssertDeadAsync"/>, without throwing.</summary>
    /// <param name="options">How to check; null for <see cref="LifetimeOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the check without a verdict.</param>
    /// <returns>The verdict, and what holds the object when it is alive.</returns>
    /// <exception cref="InvalidOperationException">A no-GC region is active: collecting would end it.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<LifetimeReport> CheckAsync(LifetimeOptions? options = null, CancellationToken cancellationToken = default)
    {
        WasAsked = true;
        return LifetimeCheck.RunAsync([this], options ?? LifetimeOptions.Default, static reports => reports[0], cancellationToken);
    }

    /// <summary>What is watched and whether it is alive, without collecting.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => $"{Rendering.ReportText.Subject(Target)}: {(IsAlive ? "alive" : "dead")}";
}
