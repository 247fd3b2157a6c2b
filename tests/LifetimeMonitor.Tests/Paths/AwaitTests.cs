using System.Runtime.CompilerServices;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.Tests.Paths;

/// <summary>
/// Code that waits, whatever it waits with: the reader sees a continuation and the method, never a builder's box.
/// </summary>
public sealed class AwaitTests
{
    private static object? s_held;
    private static TaskCompletionSource s_never = new();

    public static TheoryData<string, Action<Leaked>> Awaits => new()
    {
        { "no context", leaked => _ = LoadAsync(leaked) },
        { "a context", leaked => In(new Context(), () => _ = LoadAsync(leaked)) },
        { "a context, async void", leaked => In(new Context(), () => LoadVoid(leaked)) },
        { "a context, value task", leaked => In(new Context(), () => _ = LoadValue(leaked).AsTask()) },
        { "a context, pooled builder", leaked => In(new Context(), () => _ = LoadPooled(leaked).AsTask()) },
        { "a context, value", leaked => In(new Context(), () => _ = LoadInt(leaked)) },
        { "a task scheduler", leaked => _ = Task.Factory.StartNew(() => LoadAsync(leaked), default, default, new Scheduler()) },
    };

    [Theory]
    [MemberData(nameof(Awaits))]
    public void A_method_that_waits_for_a_task_is_its_continuation(string how, Action<Leaked> wait)
    {
        Assert.NotEmpty(how);
        RootPath path = Path(wait);
        Assert.Equal(["TaskCompletionSource", "Task"], path.Steps.Take(2).Select(s => s.TypeName));
        Assert.StartsWith("async AwaitTests.Load", path.Steps[2].TypeName, StringComparison.Ordinal);
        Assert.Equal(["Task", "continuation"], path.Steps.Skip(1).Take(2).Select(s => s.Reference));
        Assert.StartsWith("parameter 'leaked' of async AwaitTests.Load", path.Suspect!.Reference, StringComparison.Ordinal);
    }

    [Fact]
    public void An_awaiter_of_the_program_keeps_its_name_for_the_continuation()
    {
        RootPath path = Path(leaked =>
        {
            var awaiter = new OwnAwaiter();
            s_held = awaiter;
            _ = Load(leaked, awaiter);
        });
        Assert.Equal("Continue = continuation", path.Steps[1].Reference);
        Assert.Equal(ReferenceKind.Continuation, path.Steps[1].Kind);
        Assert.StartsWith("async local function Load in AwaitTests.", path.Steps[1].TypeName, StringComparison.Ordinal);

        static async Task Load(Leaked leaked, OwnAwaiter awaiter)
        {
            await awaiter;
            GC.KeepAlive(leaked);
        }
    }

    [Fact]
    public void A_builder_of_the_program_is_no_more_visible_than_one_of_the_framework()
    {
        RootPath path = Path(leaked => _ = Load(leaked));
        Assert.StartsWith("async local function Load in AwaitTests.", path.Steps[2].TypeName, StringComparison.Ordinal);
        Assert.StartsWith("parameter 'leaked' of async local function Load in", path.Suspect!.Reference, StringComparison.Ordinal);

        static async Own Load(Leaked leaked)
        {
            await s_never.Task.ConfigureAwait(false);
            GC.KeepAlive(leaked);
        }
    }

    [Fact]
    public void Code_that_reads_an_async_iterator_is_its_continuation()
    {
        RootPath path = Path(leaked => _ = Read(leaked));
        Assert.Equal(["Task", "continuation", "continuation"], path.Steps.Skip(1).Take(3).Select(s => s.Reference));

        static async Task Read(Leaked leaked)
        {
            await foreach (int number in Numbers().ConfigureAwait(false)) GC.KeepAlive(number);
            GC.KeepAlive(leaked);
        }

        static async IAsyncEnumerable<int> Numbers()
        {
            await s_never.Task.ConfigureAwait(false);
            yield return 1;
        }
    }

    [Theory]
    [InlineData("Task.WhenAny")]
    [InlineData("Task.WhenAll")]
    [InlineData("Task.WaitAsync")]
    public void A_task_that_waits_for_others_is_named_by_the_call_that_made_it(string expected)
    {
        RootPath path = Path(leaked => _ = Wait(leaked, expected switch
        {
            "Task.WhenAny" => Task.WhenAny(s_never.Task, new TaskCompletionSource().Task),
            "Task.WhenAll" => Task.WhenAll(s_never.Task, new TaskCompletionSource().Task),
            _ => s_never.Task.WaitAsync(TimeSpan.FromDays(1)),
        }));
        Assert.Equal(expected, path.Steps[2].TypeName);

        static async Task Wait(Leaked leaked, Task task)
        {
            await task.ConfigureAwait(false);
            GC.KeepAlive(leaked);
        }
    }

    [Fact]
    public void A_method_that_has_ended_is_named_where_its_task_is_kept()
    {
        RootPath path = Leak.Check(() =>
        {
            Task<Leaked> task = Make();
            s_held = new Dictionary<int, Task<Leaked>> { [1] = task };
            return task.Result;
        }).Paths[0];
        Assert.StartsWith("async local function Make in AwaitTests.", path.Steps[1].TypeName, StringComparison.Ordinal);
        Assert.Equal(["[1]", "Result"], path.Steps.Skip(1).Select(s => s.Reference));

        static async Task<Leaked> Make()
        {
            await Task.Yield();
            return new Leaked();
        }
    }

    [Fact]
    public void The_context_that_a_method_keeps_is_called_by_its_name()
    {
        var local = new AsyncLocal<Leaked?>();
        RootPath path = Path(leaked =>
        {
            local.Value = leaked;
            _ = LoadAsync(new Leaked());
            local.Value = null;
        });
        Assert.Equal("execution context", path.Steps[^2].Reference);
    }

    [Fact]
    public void An_async_lambda_keeps_its_captured_variables_until_it_ends()
    {
        RootPath path = Path(leaked =>
        {
            Func<Task> load = async () =>
            {
                await s_never.Task.ConfigureAwait(false);
                GC.KeepAlive(leaked);
            };
            _ = load();
        });
        const string Lambda = "async lambda in AwaitTests.An_async_lambda_keeps_its_captured_variables_until_it_ends";
        Assert.StartsWith($"captured variable 'leaked' of {Lambda}, awaiting at", path.Suspect!.Reference, StringComparison.Ordinal);
        Assert.Equal(
            $"The {Lambda} has not completed and keeps its variables: complete or cancel the operation that it waits for.",
            path.Advice);
    }

    private static RootPath Path(Action<Leaked> hold)
    {
        LifetimeReport report = Leak.Check(() =>
        {
            var leaked = new Leaked();
            hold(leaked);
            return leaked;
        });
        (s_held, s_never) = (null, new TaskCompletionSource());
        Assert.Equal(LifetimeVerdict.Retained, report.Verdict);
        return report.Paths[0];
    }

    private static async Task LoadAsync(Leaked leaked)
    {
        await s_never.Task;
        GC.KeepAlive(leaked);
    }

    private static async void LoadVoid(Leaked leaked)
    {
        await s_never.Task;
        GC.KeepAlive(leaked);
    }

    private static async ValueTask LoadValue(Leaked leaked)
    {
        await s_never.Task;
        GC.KeepAlive(leaked);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask LoadPooled(Leaked leaked)
    {
        await s_never.Task;
        GC.KeepAlive(leaked);
    }

    private static async Task<int> LoadInt(Leaked leaked)
    {
        await s_never.Task;
        GC.KeepAlive(leaked);
        return 1;
    }

    private static void In(SynchronizationContext context, Action action)
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        action();
        SynchronizationContext.SetSynchronizationContext(before);
    }

    private sealed class Context : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => d(state);
    }

    private sealed class Scheduler : TaskScheduler
    {
        protected override void QueueTask(Task task) => TryExecuteTask(task);

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

        protected override IEnumerable<Task> GetScheduledTasks() => [];
    }

    private sealed class OwnAwaiter : INotifyCompletion
    {
        public Action? Continue { get; private set; }

        public bool IsCompleted => false;

        public OwnAwaiter GetAwaiter() => this;

        public void OnCompleted(Action continuation) => Continue = continuation;

        public void GetResult()
        {
        }
    }

    [AsyncMethodBuilder(typeof(OwnBuilder))]
    private sealed class Own;

    private struct OwnBuilder
    {
        public Own Task { get; private init; }

        public static OwnBuilder Create() => new() { Task = new Own() };

        public readonly void Start<T>(ref T machine)
            where T : IAsyncStateMachine => machine.MoveNext();

        public readonly void SetStateMachine(IAsyncStateMachine machine) => GC.KeepAlive(machine);

        public readonly void SetResult() => GC.KeepAlive(Task);

        public readonly void SetException(Exception exception) => GC.KeepAlive(exception);

        public readonly void AwaitOnCompleted<TAwaiter, T>(ref TAwaiter awaiter, ref T machine)
            where TAwaiter : INotifyCompletion
            where T : IAsyncStateMachine => awaiter.OnCompleted(new Box<T>(machine).MoveNext);

        public readonly void AwaitUnsafeOnCompleted<TAwaiter, T>(ref TAwaiter awaiter, ref T machine)
            where TAwaiter : ICriticalNotifyCompletion
            where T : IAsyncStateMachine => awaiter.UnsafeOnCompleted(new Box<T>(machine).MoveNext);
    }

    private sealed class Box<T>(T machine)
        where T : IAsyncStateMachine
    {
        private T _machine = machine;

        public void MoveNext() => _machine.MoveNext();
    }
}
