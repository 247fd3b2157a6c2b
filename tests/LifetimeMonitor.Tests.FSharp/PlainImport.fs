/// The library as a user of F# writes it: half of the test is that this compiles.
module LifetimeMonitoring.Tests.FSharp.PlainImport

open LifetimeMonitoring
open LifetimeMonitoring.Reports

let mutable private held = obj ()

let private track () = LifetimeScope.Track(obj ()) |> ignore

let assertThatADroppedObjectIsDead () =
    LifeTimeMonitor.Track(fun () -> obj ()).AssertDead()
    use _scope = new LifetimeScope()
    track ()

let checkAHeldObject () : LifetimeReport =
    let monitor =
        LifeTimeMonitor.Track(fun () ->
            held <- obj ()
            held)

    monitor.Check()
