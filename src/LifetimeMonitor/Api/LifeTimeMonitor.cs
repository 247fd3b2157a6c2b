using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using LifetimeMonitoring.Diagnosis;

namespace LifetimeMonitoring;

/// <summary>
/// Watches one object without holding it. A failing <see cref="AssertDead"/> shows the path that holds the object.
/// <code>
/// var monitor = LifeTimeMonitor.Track(() => new Dialog(owner), use: d => d.Close());
/// monitor.AssertDead();
/// </code>
/// Thread-safe. Costs two weak handles, which are freed with the monitor.
/// </summary>
public sealed class LifeTimeMonitor
{
    private readonly MonitoredObject _monitored;

    /// <summary>
    /// Watches an object that the caller holds. The caller's own local variable keeps it alive in unoptimized code,
    /// to the end of the method and even when it is set to null: prefer <see cref="Track"/>, or make the object in
    /// another method.
    /// </summary>
    /// <param name="target">The object.</param>
    /// <param name="expression">Filled in by the compiler.</param>
    /// <param name="member">Filled in by the compiler.</param>
    /// <param name="filePath">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <exception cref="ArgumentNullException"><paramref name="target"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// Its lifetime proves nothing: a boxed value, or an object that can never be collected.
    /// </exception>
    public LifeTimeMonitor(
        object target,
        [CallerArgumentExpression(nameof(target))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? filePath = null,
        [CallerLineNumber] int line = 0)
        : this(LifetimeScope.Current, target, expression, member, filePath, line)
    {
    }

    private LifeTimeMonitor(LifetimeScope? scope, object target, string? expression, string? member, string? filePath, int line)
    {
        string typeName = Trackable.RequiredTypeName(target, nameof(target));
        _monitored = new MonitoredObject(target, new TrackedObject(typeName, expression, member, filePath, line));
        scope?.Adopt(_monitored);
    }

    /// <summary>
    /// Whether the object has not been collected yet. Collects nothing, and never brings the object back to the
    /// stack.
    /// </summary>
    public bool IsAlive => _monitored.Weak.IsAlive(trackResurrection: false);

    /// <summary>The object that is watched, and where it was tracked.</summary>
    public TrackedObject Target => _monitored.Described;

    internal MonitoredObject Monitored => _monitored;

    /// <summary>Watches an object in one scope, whichever is the current one.</summary>
    /// <exception cref="ArgumentException">The object is null, or its lifetime means nothing.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Watch(LifetimeScope scope, object target, string? expression, string? member, string? filePath, int line) =>
        _ = new LifeTimeMonitor(scope, target, expression, member, filePath, line);

    /// <summary>
    /// Makes an object and watches it. The object never enters the caller's frame, so the verdict is the same in
    /// Debug and in Release.
    /// </summary>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="create">Makes the object.</param>
    /// <param name="use">Uses the object as the test needs, such as closing it; null for no use.</param>
    /// <param name="expression">Filled in by the compiler.</param>
    /// <param name="member">Filled in by the compiler.</param>
    /// <param name="filePath">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The monitor of the object.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="create"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The object is null, a task, or one whose lifetime proves nothing; or <paramref name="use"/> is <c>async</c>.
    /// </exception>
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
    /// <param name="use">Uses the object as the test needs; null for no use.</param>
    /// <param name="expression">Filled in by the compiler.</param>
    /// <param name="member">Filled in by the compiler.</param>
    /// <param name="filePath">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The monitor of the object, when its use is over.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="create"/> is null.</exception>
    /// <exception cref="ArgumentException">The object is null, or one whose lifetime proves nothing.</exception>
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

        // The code that completes a task goes on beneath the code that awaits it. Leave its stack, which may still hold the object.
        static async Task<LifeTimeMonitor> Unwound(Task<LifeTimeMonitor> made)
        {
            LifeTimeMonitor monitor = await made.ConfigureAwait(true);
            await Task.Yield();
            return monitor;
        }
    }

    /// <summary>
    /// Makes a collectible load context, uses it, unloads it, and throws when it does not go away. Neither the
    /// context nor a loaded object enters the caller's frame. Costs up to ten rounds of collecting, because a context
    /// dies in steps.
    /// </summary>
    /// <param name="create">Makes the context, with <c>isCollectible: true</c>.</param>
    /// <param name="use">Loads and runs the code under test; null for no use.</param>
    /// <param name="options">How to check; null for <see cref="LifetimeOptions.Default"/>.</param>
    /// <param name="expression">Filled in by the compiler.</param>
    /// <param name="member">Filled in by the compiler.</param>
    /// <param name="filePath">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <exception cref="ObjectNotDeadException">
    /// It is still loaded; the message shows which object, static or thread keeps it.
    /// </exception>
    /// <exception cref="ArgumentNullException"><paramref name="create"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The context is null, or is not collectible; or <paramref name="use"/> is <c>async</c>.
    /// </exception>
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
    /// As <see cref="AssertUnloaded"/>, for contexts that are used asynchronously. Yields, so that frames of
    /// completed async methods leave the stack, and then retries for <see cref="LifetimeOptions.Patience"/>.
    /// </summary>
    /// <param name="create">Makes the context, with <c>isCollectible: true</c>.</param>
    /// <param name="use">
    /// Loads and runs the code under test; null for no use. The context is unloaded when the task that it returns has
    /// ended.
    /// </param>
    /// <param name="options">How to check; null for <see cref="LifetimeOptions.Default"/>.</param>
    /// <param name="cancellationToken">
    /// Ends the check without a verdict. It does not end <paramref name="use"/>.
    /// </param>
    /// <param name="expression">Filled in by the compiler.</param>
    /// <param name="member">Filled in by the compiler.</param>
    /// <param name="filePath">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>A task that ends when the context is known to be unloaded.</returns>
    /// <exception cref="ObjectNotDeadException">
    /// It is still loaded; the message shows which object, static or thread keeps it.
    /// </exception>
    /// <exception cref="ArgumentNullException"><paramref name="create"/> is null.</exception>
    /// <exception cref="ArgumentException">The context is null, or is not collectible.</exception>
    /// <exception cref="InvalidOperationException">A no-GC region is active: collecting would end it.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static Task AssertUnloadedAsync(
        Func<AssemblyLoadContext> create,
        Func<AssemblyLoadContext, Task>? use = null,
        LifetimeOptions? options = null,
        CancellationToken cancellationToken = default,
        [CallerArgumentExpression(nameof(create))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? filePath = null,
        [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(create);
        return UseAndAssert();

        async Task UseAndAssert()
        {
            LifeTimeMonitor monitor = await TrackAsync(
                () => Task.FromResult(create()), UseAndUnload, expression, member, filePath, line).ConfigureAwait(true);
            await monitor.AssertDeadAsync(options, cancellationToken).ConfigureAwait(true);
        }

        async Task UseAndUnload(AssemblyLoadContext context)
        {
            if (use is not null) await use(context).ConfigureAwait(true);
            context.Unload();
        }
    }

    /// <summary>
    /// Collects until the object is dead, and throws when it is not. Costs a collection of the object's own
    /// generation when it is dead; three collections and a snapshot of the process when it is not.
    /// </summary>
    /// <param name="options">How to check; null for <see cref="LifetimeOptions.Default"/>.</param>
    /// <exception cref="ObjectNotDeadException">It is alive; the message shows the path that holds it.</exception>
    /// <exception cref="InvalidOperationException">A no-GC region is active: collecting would end it.</exception>
    public void AssertDead(LifetimeOptions? options = null) => LifetimeCheck.RequireDead(_monitored, options ?? LifetimeOptions.Default);

    /// <summary>
    /// Collects until the object is dead, and throws when it is not. When it is alive at the first look, the check
    /// yields, so that frames of completed async methods leave the stack, and then retries for
    /// <see cref="LifetimeOptions.Patience"/>. A task that nobody awaits proves nothing: the scope of the monitor
    /// asks again.
    /// </summary>
    /// <param name="options">How to check; null for <see cref="LifetimeOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the check without a verdict.</param>
    /// <returns>A task that ends when the object is known to be dead.</returns>
    /// <exception cref="ObjectNotDeadException">It is alive; the message shows the path that holds it.</exception>
    /// <exception cref="InvalidOperationException">A no-GC region is active: collecting would end it.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task AssertDeadAsync(LifetimeOptions? options = null, CancellationToken cancellationToken = default) =>
        LifetimeCheck.RequireDeadAsync(_monitored, options ?? LifetimeOptions.Default, cancellationToken);

    /// <summary>
    /// Collects once, fully, and throws when the object is dead then. For the half of a test that proves that
    /// something does hold it.
    /// </summary>
    /// <exception cref="ObjectNotAliveException">It is dead.</exception>
    /// <exception cref="InvalidOperationException">A no-GC region is active: collecting would end it.</exception>
    public void AssertAlive() => LifetimeCheck.RequireAlive(_monitored);

    /// <summary>
    /// As <see cref="AssertDead"/>, without throwing: collects until the object is dead, and reports.
    /// </summary>
    /// <param name="options">How to check; null for <see cref="LifetimeOptions.Default"/>.</param>
    /// <returns>The verdict, and the paths that hold the object when it is alive.</returns>
    /// <exception cref="InvalidOperationException">A no-GC region is active: collecting would end it.</exception>
    public LifetimeReport Check(LifetimeOptions? options = null) => LifetimeCheck.Run([_monitored], options ?? LifetimeOptions.Default)[0];

    /// <summary>As <see cref="AssertDeadAsync"/>, without throwing.</summary>
    /// <param name="options">How to check; null for <see cref="LifetimeOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the check without a verdict.</param>
    /// <returns>The verdict, and the paths that hold the object when it is alive.</returns>
    /// <exception cref="InvalidOperationException">A no-GC region is active: collecting would end it.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<LifetimeReport> CheckAsync(LifetimeOptions? options = null, CancellationToken cancellationToken = default) =>
        LifetimeCheck.RunAsync([_monitored], options ?? LifetimeOptions.Default, static reports => reports[0], cancellationToken);

    /// <summary>The object that is watched, and whether it is alive, without collecting.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => $"{Rendering.ReportText.Subject(Target)}: {(IsAlive ? "alive" : "dead")}";
}
