/// Ways to leak as F# compiles them: LanguageTests names them.
module LifetimeMonitoring.Tests.FSharp.Leaks

open System
open System.Threading.Tasks

type Order = { Dialog: obj; Number: int }

type Happening =
    | Opened of int
    | Closed of int * obj

let mutable private held = obj ()

let clear () = held <- obj ()

let closure (leaked: obj) = held <- box (fun () -> GC.KeepAlive leaked)

let subscription (leaked: obj) =
    let closed = Event<int>()
    closed.Publish.Add(fun _ -> GC.KeepAlive leaked)
    held <- box closed

let record (leaked: obj) = held <- box { Dialog = leaked; Number = 1 }

let union (leaked: obj) = held <- box (Closed(1, leaked))

let option (leaked: obj) = held <- box (Some leaked)

let list (leaked: obj) = held <- box [ obj (); leaked; obj () ]

let map (leaked: obj) = held <- box (Map.ofList [ "a", obj (); "b", obj (); "c", leaked; "d", obj () ])

let cell (leaked: obj) = held <- box (ref leaked)

let private waitForEver (leaked: obj) =
    task {
        do! TaskCompletionSource().Task
        GC.KeepAlive leaked
    }

let awaiting (leaked: obj) = held <- box (waitForEver leaked)

let private numbers (leaked: obj) =
    seq {
        yield 1
        GC.KeepAlive leaked
        yield 2
    }

let iterating (leaked: obj) =
    let enumerator = (numbers leaked).GetEnumerator()
    enumerator.MoveNext() |> ignore
    held <- box enumerator
