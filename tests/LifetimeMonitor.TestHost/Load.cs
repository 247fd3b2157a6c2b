using System.Reflection.Emit;
using System.Runtime.Loader;

namespace LifetimeMonitoring.TestHost;

/// <summary>
/// A process under heavy load: threads that always allocate and throw, short-lived threads, and forced collections.
/// Under this load the runtime's debugging component once crashed.
/// </summary>
internal sealed class Load : IDisposable
{
    private readonly List<Thread> _threads = [];
    private volatile bool _stop;

    public Load()
    {
        for (int i = 0; i < 6; i++) Start(AllocateAndThrow);
        Start(Churn);
        Start(BlockInFilter);
        Start(MakeMethods);
        Start(LoadAndUnload);
        Start(Collect);
    }

    public void Dispose()
    {
        _stop = true;
        foreach (Thread thread in _threads) thread.Join();
    }

    private void Start(Action work)
    {
        var thread = new Thread(() =>
        {
            while (!_stop) work();
        })
        {
            IsBackground = true,
        };
        thread.Start();
        _threads.Add(thread);
    }

    public static void AllocateAndThrow()
    {
        var kept = new List<object>();
        for (int i = 0; i < 200; i++)
        {
            kept.Add(new byte[i * 10]);
            kept.Add(new Dictionary<string, object> { ["key" + i] = kept });
        }

        try
        {
            Throw(10);
        }
        catch (InvalidOperationException e) when (e.Message.Length > 0)
        {
            kept.Add(e);
        }

        GC.KeepAlive(kept);
    }

    private static void Throw(int depth)
    {
        if (depth == 0) throw new InvalidOperationException("load");
        try
        {
            Throw(depth - 1);
        }
        finally
        {
            GC.KeepAlive(new object());
        }
    }

    private static void Churn()
    {
        var threads = new Thread[4];
        for (int i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(AllocateAndThrow);
            threads[i].Start();
        }

        foreach (Thread thread in threads) thread.Join();
    }

    // The runtime's debugging component once crashed on a thread inside an exception filter (dotnet/runtime#124401).
    private static void BlockInFilter()
    {
        try
        {
            Throw(3);
        }
        catch (InvalidOperationException e) when (Linger(e))
        {
        }
    }

    private static bool Linger(Exception exception)
    {
        Thread.Sleep(exception.Message.Length);
        return true;
    }

    // Methods without a fixed address, which are collected again.
    public static void MakeMethods()
    {
        var method = new DynamicMethod("made", typeof(int), [typeof(object)]);
        ILGenerator code = method.GetILGenerator();
        code.Emit(OpCodes.Ldc_I4, 42);
        code.Emit(OpCodes.Ret);
        _ = method.CreateDelegate<Func<object, int>>()(new object());
        Thread.Sleep(1);
    }

    public static void LoadAndUnload()
    {
        var context = new AssemblyLoadContext("load", isCollectible: true);
        Type type = context.LoadFromAssemblyPath(typeof(LifeTimeMonitor).Assembly.Location).GetType("LifetimeMonitoring.Reports.RootKind")!;
        _ = Enum.GetNames(type);
        context.Unload();
        Thread.Sleep(20);
    }

    private static void Collect()
    {
        Thread.Sleep(3);
        GC.Collect(1, GCCollectionMode.Forced, blocking: false);
        Thread.Sleep(20);
        GC.Collect();
    }
}
