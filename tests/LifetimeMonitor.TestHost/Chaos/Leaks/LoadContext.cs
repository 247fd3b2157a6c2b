using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace LifetimeMonitoring.TestHost.Chaos.Leaks;

/// <summary>
/// An unloaded load context that stays alive because a static field holds an object of one of its types.
/// </summary>
internal sealed class LoadContext(int lane) : Leak
{
    private static readonly object?[] s_plugins = new object?[Lanes];

    public override Expectation Expected => Expectation.Static("LoadContext.s_plugins", $"[{lane}]", "*");

    public override LifeTimeMonitor Make() => LifeTimeMonitor.Track(
        () => new AssemblyLoadContext($"chaos {lane}", isCollectible: true),
        use: context =>
        {
            s_plugins[lane] = Plugin(context);
            context.Unload();
        });

    public override void LetGo() => s_plugins[lane] = null;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static object Plugin(AssemblyLoadContext context) =>
        Activator.CreateInstance(
            context
                .LoadFromAssemblyPath(typeof(Leaked).Assembly.Location)
                .GetType(typeof(Leaked).FullName!, throwOnError: true)!,
            nonPublic: true)!;
}
