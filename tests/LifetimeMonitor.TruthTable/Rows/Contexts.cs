using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace LifetimeMonitor.TruthTable.Rows;

/// <summary>Objects of collectible types: this assembly once more, in a context that can be unloaded.</summary>
internal static class Contexts
{
    private static object? s_holder;
    private static AssemblyLoadContext? s_context;

    public static Row[] Rows => [HeldByInstance, HeldByItsOwnStatic, HeldByThread];

    private static Row HeldByInstance => Row.Made(
        "object of a collectible type, held by an instance",
        () =>
        {
            object plugin = MakeAndUnload();
            s_holder = new Host { Plugin = plugin };
            return plugin;
        },
        _ => s_holder = null);

    private static Row HeldByItsOwnStatic => Row.Made(
        "object of a collectible type, held by a static field of that type",
        () =>
        {
            object plugin = Make(s_context = NewContext());
            Remember(plugin, plugin);
            return plugin;
        },
        plugin =>
        {
            Remember(plugin, null);
            s_context!.Unload();
            s_context = null;
        });

    private static Row HeldByThread => Row.Running(
        "object of a collectible type, held by a local of a thread",
        leak: () =>
        {
            using var worker = Worker.Named("plugin", HoldAndBlock);
            return Row.CheckUntilExact(worker.Monitor);
        },
        mended: () => Worker.Named("plugin", HoldAndBlock).CheckAfterItsEnd());

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void HoldAndBlock(Worker worker)
    {
        object held = MakeWatched(out LifeTimeMonitor monitor);
        worker.Block(monitor);
        GC.KeepAlive(held);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static object MakeWatched(out LifeTimeMonitor monitor)
    {
        object plugin = MakeAndUnload();
        monitor = new LifeTimeMonitor(plugin);
        return plugin;
    }

    private static object MakeAndUnload()
    {
        AssemblyLoadContext context = NewContext();
        object plugin = Make(context);
        context.Unload();
        return plugin;
    }

    private static AssemblyLoadContext NewContext() => new("plugins", isCollectible: true);

    private static object Make(AssemblyLoadContext context)
    {
        Type type = context.LoadFromAssemblyPath(typeof(Plugin).Assembly.Location).GetType(typeof(Plugin).FullName!, throwOnError: true)!;
        return Activator.CreateInstance(type, nonPublic: true)!;
    }

    private static void Remember(object plugin, object? last) => plugin.GetType().GetField(nameof(Plugin.Last))!.SetValue(null, last);

    private sealed class Host
    {
        public object? Plugin;
    }
}

/// <summary>The type that is loaded again.</summary>
internal sealed class Plugin
{
    public static object? Last;
}
