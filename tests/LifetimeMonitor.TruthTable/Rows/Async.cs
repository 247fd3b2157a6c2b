using System.Runtime.CompilerServices;

namespace LifetimeMonitor.TruthTable.Rows;

internal static class Async
{
    private static TaskCompletionSource s_never = new();
    private static Task? s_task;
    private static IAsyncEnumerator<int>? s_numbers;

    public static Row[] Rows => [Local, Parameter, This, LambdaLocal, AwaitedByAnother, HeldTask, ListElement, OwnAwaiter, AwaitingIterator, Iterator];

    private static Row Local => Row.Made(
        "local of a suspended async method",
        () =>
        {
            var handover = new StrongBox<Leaked?>();
            _ = HoldLocal(handover);
            return handover.Take();
        },
        _ => Complete());

    private static Row Parameter => Row.Of("parameter of a suspended async method", leaked => _ = HoldParameter(leaked), _ => Complete());

    private static Row This => Row.Made(
        "this of a suspended async method",
        () =>
        {
            var loader = new Loader();
            _ = loader.LoadAsync();
            return loader;
        },
        _ => Complete());

    private static Row LambdaLocal => Row.Made(
        "local of a suspended async lambda",
        () =>
        {
            var handover = new StrongBox<Leaked?>();
            Func<Task> load = async () =>
            {
                Leaked leaked = handover.Make();
                await s_never.Task;
                leaked.Touch();
            };
            _ = load();
            return handover.Take();
        },
        _ => Complete());

    private static Row AwaitedByAnother => Row.Of(
        "parameter of an async method that awaits another one",
        leaked => _ = AwaitAnother(leaked),
        _ => Complete());

    private static Row HeldTask => Row.Of(
        "parameter of an async method whose task a static field holds",
        leaked => s_task = HoldParameter(leaked),
        _ =>
        {
            Complete();
            s_task = null;
        });

    private static Row ListElement => Row.Of(
        "element of a list that is a parameter of a suspended async method",
        leaked => _ = HoldList([leaked]),
        _ => Complete());

    private static Row OwnAwaiter => Row.Of(
        "parameter of an async method that waits with an awaiter of the program's own",
        leaked => s_task = AwaitSignal(leaked),
        _ =>
        {
            Signal.Set();
            s_task = null;
        });

    private static Row AwaitingIterator => Row.Of(
        "parameter of an async iterator that another method awaits",
        leaked => s_task = Enumerate(leaked),
        _ =>
        {
            Complete();
            s_task = null;
        });

    private static Row Iterator => Row.Made(
        "local of a suspended async iterator",
        () =>
        {
            var handover = new StrongBox<Leaked?>();
            s_numbers = Numbers(handover).GetAsyncEnumerator();
            _ = s_numbers.MoveNextAsync().AsTask();
            return handover.Take();
        },
        _ =>
        {
            Complete();
            s_numbers = null;
        });

    private static async Task AwaitAnother(Leaked leaked)
    {
        await HoldParameter(new Leaked());
        leaked.Touch();
    }

    private static async Task HoldList(List<Leaked> all)
    {
        await s_never.Task;
        all.Clear();
    }

    private static async Task AwaitSignal(Leaked leaked)
    {
        await new Signal();
        leaked.Touch();
    }

    private static async Task Enumerate(Leaked leaked)
    {
        await foreach (int number in Ticks(leaked)) GC.KeepAlive(number);
    }

    private static async IAsyncEnumerable<int> Ticks(Leaked leaked)
    {
        await s_never.Task;
        leaked.Touch();
        yield return 1;
    }

    private static async IAsyncEnumerable<int> Numbers(StrongBox<Leaked?> handover)
    {
        Leaked leaked = handover.Make();
        await s_never.Task;
        leaked.Touch();
        yield return 1;
    }

    private static async Task HoldLocal(StrongBox<Leaked?> handover)
    {
        Leaked leaked = handover.Make();
        await s_never.Task;
        leaked.Touch();
    }

    private static async Task HoldParameter(Leaked leaked)
    {
        await s_never.Task;
        leaked.Touch();
    }

    // The methods go on where this is called, to their end.
    private static void Complete()
    {
        s_never.SetResult();
        s_never = new TaskCompletionSource();
    }

    private sealed class Signal : INotifyCompletion
    {
        private static Action? s_continuation;

        public bool IsCompleted => false;

        public static void Set()
        {
            s_continuation!();
            s_continuation = null;
        }

        public Signal GetAwaiter() => this;

        public void OnCompleted(Action continuation) => s_continuation = continuation;

        public void GetResult()
        {
        }
    }

    private sealed class Loader
    {
        private int _loaded;

        public async Task LoadAsync()
        {
            await s_never.Task;
            _loaded++;
        }
    }
}
