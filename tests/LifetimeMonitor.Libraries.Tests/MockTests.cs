using FakeItEasy;
using Moq;
using NSubstitute;

namespace LifetimeMonitoring.Libraries.Tests;

[Collection(Leak.Collection)]
public sealed class MockTests
{
    private const string Recorded =
        "A substitute records its calls with their arguments, and the first one of each type is kept for ever: " +
        "call ClearReceivedCalls() on it.";

    [Fact]
    [Leaks(typeof(Mock), "it is an argument of a call to a mock", "`Invocations.Clear()`")]
    public void A_mock_of_moq_forgets_its_calls_when_it_is_told_to() => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            Leak.Hold(new Mock<IPool>()).Object.Give(connection);
            return connection;
        },
        "A mock records its calls with their arguments: call Invocations.Clear() on it, or let go of the mock.",
        () => Leak.Holder<Mock<IPool>>().Invocations.Clear());

    [Fact]
    [Leaks(typeof(Mock), "an argument of a call to a mock leads to it", "`Invocations.Clear()`")]
    public void An_object_behind_an_argument_is_kept_by_the_mock_too() => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            Leak.Hold(new Mock<Action<Tuple<Connection>>>()).Object(Tuple.Create(connection));
            return connection;
        },
        "A mock records its calls with their arguments: call Invocations.Clear() on it, or let go of the mock.",
        () => Leak.Holder<Mock<Action<Tuple<Connection>>>>().Invocations.Clear());

    [Fact]
    [Leaks(typeof(Mock), "a setup returns it", "`Reset()`")]
    public void A_mock_of_moq_forgets_its_setups_when_it_is_reset() => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            Leak.Hold(new Mock<IPool>()).Setup(p => p.Spare).Returns(connection);
            return connection;
        },
        "A mock keeps its setups, with the values that they return and capture: call Reset() on it, or let go of the mock.",
        () => Leak.Holder<Mock<IPool>>().Reset());

    [Fact]
    [Leaks(typeof(Mock), "it handles an event of a mock", "let go of the mock")]
    public void A_mock_of_moq_keeps_its_handlers() => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            Leak.Hold(new Mock<IPool>().Object).Changed += connection.OnChanged;
            return connection;
        },
        "A mock keeps the handlers of its events: unsubscribe when the Connection is done, or let go of the mock.",
        Leak.LetGo);

    [Fact]
    [Leaks(typeof(Substitute), "it is an argument of a call to a substitute", "`ClearReceivedCalls()`")]
    public void A_substitute_forgets_its_calls_when_it_is_told_to() => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            IPool pool = Leak.Hold(Substitute.For<IPool>());
            pool.Give(connection);
            pool.Give(null);
            return connection;
        },
        Recorded,
        () => Leak.Holder<IPool>().ClearReceivedCalls());

    [Fact]
    [Leaks(typeof(Substitute), "it is an argument of a call to the first substitute of a type", "`ClearReceivedCalls()`")]
    public void The_first_substitute_of_a_type_is_kept_with_its_calls_by_that()
    {
        WeakReference? first = null;
        Leak.IsMended(
            () =>
            {
                var connection = new Connection();
                IFirst substitute = Substitute.For<IFirst>();
                substitute.Give(connection);
                substitute.Give(null);
                first = new WeakReference(substitute);
                return connection;
            },
            Recorded,
            () => ((IFirst)first!.Target!).ClearReceivedCalls());
    }

    [Fact]
    [Leaks(typeof(Substitute), "it is an argument of the last call to a substitute on a thread", "another call on the thread")]
    public void A_thread_keeps_its_last_call_to_a_substitute_until_the_next()
    {
        // The first substitute of a type is kept forever, with all calls to it
        // (Castle.Proxies.ObjectProxy.proxyGenerationOptions).
        _ = Substitute.For<IPool>();
        Leak.IsMended(
            () =>
            {
                var connection = new Connection();
                Substitute.For<IPool>().Give(connection);
                return connection;
            },
            "Each thread keeps the last call that it made to a substitute, with its arguments: make another one, " +
            "without the Connection, before the check.",
            () => Substitute.For<IPool>().Give(null));
    }

    [Fact]
    [Leaks(typeof(Fake), "it is an argument of a call to a fake", "`Fake.ClearRecordedCalls(fake)`")]
    public void A_fake_forgets_its_calls_when_it_is_told_to() => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            Leak.Hold(A.Fake<IPool>()).Give(connection);
            return connection;
        },
        "A fake records its calls with their arguments: call Fake.ClearRecordedCalls on it, or let go of the fake.",
        () => Fake.ClearRecordedCalls(Leak.Holder<IPool>()));

    /// <summary>No other test makes a substitute of it.</summary>
    public interface IFirst
    {
        void Give(Connection? connection);
    }
}
