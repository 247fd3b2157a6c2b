using Akka.Actor;

namespace LifetimeMonitoring.Libraries.Tests;

[Collection(Leak.Collection)]
public sealed class ActorTests : IDisposable
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(20);
    private readonly ActorSystem _system = ActorSystem.Create("tests");

    public void Dispose() => _system.Dispose();

    [Fact]
    [Leaks(typeof(ActorSystem), "an actor has it", "`Stop` of the actor")]
    public void An_actor_is_stopped() => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            IActorRef actor = Leak.Hold(_system.ActorOf(Props.Create<Listener>()));
            // The message of an actor that has answered is gone.
            _ = actor.Ask<string>(connection, s_longest).GetAwaiter().GetResult();
            return connection;
        },
        "An actor, with all that it refers to, lives until it is stopped: call Stop on its ActorSystem or Context when the "
        + "Connection is done.",
        () => _system.Stop(Leak.Holder<IActorRef>()));

    private sealed class Listener : ReceiveActor
    {
        private Connection? _connection;

        public Listener() => Receive<Connection>(c =>
        {
            _connection = c;
            Sender.Tell(_connection.ToString());
        });
    }
}
