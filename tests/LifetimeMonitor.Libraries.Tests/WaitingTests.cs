using System.Threading.Tasks.Dataflow;
using Microsoft.VisualStudio.Threading;
using Nito.AsyncEx;
using AsyncAutoResetEvent = Microsoft.VisualStudio.Threading.AsyncAutoResetEvent;
using AsyncSemaphore = Microsoft.VisualStudio.Threading.AsyncSemaphore;

namespace LifetimeMonitoring.Libraries.Tests;

/// <summary>Objects in queues, and in methods that wait.</summary>
[Collection(Leak.Collection)]
public sealed class WaitingTests
{
    private const string Waiting =
        "The async method WaitingTests.Use has not completed and keeps its variables: complete or cancel the operation that it waits for.";
    private const string Static =
        "A static field lives as long as the program, and so does every object that it leads to: let go of one of these "
        + "references when the Connection is done.";

    [Fact]
    [Leaks(typeof(BufferBlock<int>), "a block has it as a message", "let go of the block")]
    public void A_block_keeps_its_messages() => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            _ = Leak.Hold(new BufferBlock<Connection>()).Post(connection);
            return connection;
        },
        Static,
        Leak.LetGo);

    [Fact]
    [Leaks(typeof(BufferBlock<int>), "it is the last message of a `BroadcastBlock`", "let go of the block")]
    public void A_broadcast_block_keeps_its_last_message() => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            _ = Leak.Hold(new BroadcastBlock<Connection?>(null)).Post(connection);
            return connection;
        },
        Static,
        Leak.LetGo);

    [Fact]
    [Leaks(typeof(BufferBlock<int>), "an `ActionBlock` captures it", "let go of the block")]
    public void An_action_block_keeps_its_action() => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            _ = Leak.Hold(new ActionBlock<int>(connection.OnNext));
            return connection;
        },
        Static,
        Leak.LetGo);

    [Fact]
    [Leaks(typeof(AsyncQueue<int>), "an `AsyncQueue` has it as an element", "`TryDequeue` of the element")]
    public void An_element_is_taken_from_its_queue() => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            Leak.Hold(new AsyncQueue<Connection>()).Enqueue(connection);
            return connection;
        },
        "The AsyncQueue<Connection> keeps it: call its TryDequeue when the Connection is done.",
        () => Leak.Holder<AsyncQueue<Connection>>().TryDequeue(out _));

    [Fact]
    [Leaks(typeof(AsyncQueue<int>), "a method that waits for an `AsyncAutoResetEvent` has it", "`Set()`")]
    public void A_method_that_waits_for_an_event_ends_when_the_event_is_set() => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            AsyncAutoResetEvent never = Leak.Hold(new AsyncAutoResetEvent());
            _ = Use(connection, () => never.WaitAsync(CancellationToken.None));
            return connection;
        },
        Waiting,
        () => Leak.Holder<AsyncAutoResetEvent>().Set());

    [Fact]
    [Leaks(typeof(AsyncQueue<int>), "a method that waits for an `AsyncSemaphore` has it", "`Dispose()` of the releaser")]
    public void A_method_that_waits_for_a_semaphore_ends_when_the_semaphore_is_released()
    {
        IDisposable taken = Enter(Leak.Hold(new AsyncSemaphore(1)));
        Leak.IsMended(
            () =>
            {
                var connection = new Connection();
                _ = Use(connection, () => Leak.Holder<AsyncSemaphore>().EnterAsync());
                return connection;
            },
            Waiting,
            taken.Dispose);
    }

    [Fact]
    [Leaks(typeof(AsyncQueue<int>), "an `AsyncLazy` has it as its value", "let go of the `AsyncLazy`")]
    public void An_async_lazy_keeps_its_value() => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            _ = Leak.Hold(new Microsoft.VisualStudio.Threading.AsyncLazy<Connection>(() => Task.FromResult(connection))).GetValueAsync();
            return connection;
        },
        Static,
        Leak.LetGo);

    [Fact]
    [Leaks(typeof(AsyncLock), "a method that waits for an `AsyncLock` has it", "`Dispose()` of the lock that is taken")]
    public void A_method_that_waits_for_a_lock_ends_when_the_lock_is_released()
    {
        IDisposable taken = Leak.Hold(new AsyncLock()).Lock(CancellationToken.None);
        Leak.IsMended(
            () =>
            {
                var connection = new Connection();
                _ = Use(connection, () => Leak.Holder<AsyncLock>().LockAsync(CancellationToken.None).AsTask());
                return connection;
            },
            Waiting,
            taken.Dispose);
    }

    [Fact]
    [Leaks(typeof(AsyncLock), "an `AsyncProducerConsumerQueue` has it as an element", "`Dequeue()` of the element")]
    public void An_element_is_taken_from_the_queue_of_its_producer() => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            Leak.Hold(new AsyncProducerConsumerQueue<Connection>()).Enqueue(connection);
            return connection;
        },
        "The AsyncProducerConsumerQueue<Connection> keeps it: call its Dequeue when the Connection is done.",
        () => Leak.Holder<AsyncProducerConsumerQueue<Connection>>().Dequeue());

    private static AsyncSemaphore.Releaser Enter(AsyncSemaphore semaphore) => semaphore.EnterAsync().GetAwaiter().GetResult();

    private static async Task Use(Connection connection, Func<Task> wait)
    {
        await wait();
        connection.OnNext(1);
    }
}
