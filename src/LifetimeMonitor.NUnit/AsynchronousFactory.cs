using LifetimeMonitor.Adapters;

namespace LifetimeMonitor.NUnit;

/// <summary>A delegate that brings an object in a task.</summary>
internal abstract class AsynchronousFactory
{
    /// <summary>The delegate as one of these, or null when what it returns is no <see cref="Task{T}"/>.</summary>
    public static AsynchronousFactory? From<T>(Func<T> code) =>
        typeof(T).IsGenericType && typeof(T).GetGenericTypeDefinition() == typeof(Task<>)
            ? (AsynchronousFactory)Activator.CreateInstance(typeof(AsynchronousFactory<>).MakeGenericType(typeof(T).GenericTypeArguments), code)!
            : null;

    /// <summary>Makes the object and checks it when the frames that made it are gone.</summary>
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
