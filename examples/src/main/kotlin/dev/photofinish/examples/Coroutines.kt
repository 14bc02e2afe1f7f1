package dev.photofinish.examples

import dev.photofinish.rtsp.client.Camera
import dev.photofinish.rtsp.client.CameraListener
import dev.photofinish.rtsp.client.CameraState
import dev.photofinish.rtsp.client.CameraStream
import dev.photofinish.rtsp.client.RtspClient
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.future.await
import kotlinx.coroutines.runBlocking

/** The states of a camera as a flow; the stream is closed when nobody collects any more. */
fun RtspClient.states(camera: Camera): Flow<CameraState> = callbackFlow {
    val listener = object : CameraListener {
        override fun state(stream: CameraStream, from: CameraState, to: CameraState, reason: String) {
            trySend(to) // it is called on an event loop and must not block
        }
    }
    val stream = start(camera, listener)
    awaitClose { stream.closeAsync() }
}

/**
 * Opens all cameras at once, each in a coroutine, then waits for a state of the first: `CoroutinesKt
 * rtsp://front/stream rtsp://yard/stream`. Cancelling a coroutine closes its stream.
 */
fun main(urls: Array<String>) = runBlocking {
    RtspClient().use { client ->
        val streams = urls.map { async { client.openAsync(Camera.at(it)).await() } }.awaitAll()
        streams.forEach { println("${it.url()} plays ${it.streams().map { media -> media.codec() }}") }
        streams.forEach { it.closeAsync().await() }

        val playing = client.states(Camera.at(urls.first())).first { it == CameraState.PLAYING }
        println("${urls.first()} is $playing")
    }
}
