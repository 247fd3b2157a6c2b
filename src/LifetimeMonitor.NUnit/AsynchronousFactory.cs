using LifetimeMonitoring.Adapters;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.NUnit;

/// <summary>A delegate that returns an object in a task.</summary>
internal abstract class AsynchronousFactory
{
    /// <summary>A factory for the delegate, or null when it does not return a <see cref="Task{T}"/>.</summary>
    public static AsynchronousFactory? From<T>(Func<T> code) =>
        typeof(T).IsGenericType && typeof(T).GetGenericTypeDefinition() == typeof(Task<>)
            ? (AsynchronousFactory)Activator.CreateInstance(
                typeof(AsynchronousFactory<>).MakeGenericType(typeof(T).GenericTypeArguments),
                code)!
            : null;

    /// <summary>Makes the object and checks it when the frames that made it have returned.</summary>
    public abstract Task<LifetimeReport> CheckAsync(LifetimeOptions options);
}

/// <inheritdoc/>
internal sealed class AsynchronousFactory<T>(Func<Task<T>> make) : AsynchronousFactory
{
    public override async Task<LifetimeReport> CheckAsync(LifetimeOptions options)
    {
        Suspect suspect = await MakeAsync().ConfigureAwait(true);
        return await suspect.CheckAsync(options).ConfigureAwait(true);
    }

    private async Task<Suspect> MakeAsync() => Suspect.Brought(await make().ConfigureAwait(true));
}
